/** The tags that there are, and those of one customer. */
import { queryOptions } from '@tanstack/react-query';
import { listCustomerTags, listTags } from '@/api/generated/sdk.gen';
import { asOfDay, customerKey } from '../profile/queries';

export const tagsKey = ['tags'] as const;

export const tagsQuery = queryOptions({
  queryKey: tagsKey,
  queryFn: async ({ signal }) => (await listTags({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});

export const allTagsQuery = queryOptions({
  queryKey: [...tagsKey, 'archived'],
  queryFn: async ({ signal }) =>
    (await listTags({ query: { archived: true }, signal, throwOnError: true })).data,
});

export function customerTagsQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: [...customerKey(id), 'tags', asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const path = { customer_id: id };
      return (await listCustomerTags({ path, query: asOfDay(asOf), signal, throwOnError: true })).data;
    },
  });
}
