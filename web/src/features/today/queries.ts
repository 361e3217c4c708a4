/** Asking for the first page. */
import { queryOptions } from '@tanstack/react-query';
import { getToday, listSegmentMoves, listSources } from '@/api/generated/sdk.gen';

export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: async ({ signal }) => (await getToday({ signal, throwOnError: true })).data,
  refetchInterval: 120_000,
});

export const movesQuery = queryOptions({
  queryKey: ['today', 'segments'],
  queryFn: async ({ signal }) => (await listSegmentMoves({ signal, throwOnError: true })).data,
});

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) => (await listSources({ signal, throwOnError: true })).data,
});
