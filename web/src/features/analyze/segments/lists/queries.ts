/** The lists that were pasted or uploaded, and by what kind of number one may match. */
import { queryOptions } from '@tanstack/react-query';
import { listCustomerLists, listWaysOfLists } from '@/api/generated/sdk.gen';

export const listsQuery = queryOptions({
  queryKey: ['segments', 'lists'],
  queryFn: async ({ signal }) => (await listCustomerLists({ signal, throwOnError: true })).data,
});

export const waysQuery = queryOptions({
  queryKey: ['segments', 'lists', 'ways'],
  queryFn: async ({ signal }) => (await listWaysOfLists({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});
