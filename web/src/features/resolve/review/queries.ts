/** Asking for the pairs that wait, and for those that were decided, twenty at a time. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { listFields, listReviews } from '@/api/generated/sdk.gen';

const PAGE = 20;

const pairsQuery = (state: 'open' | 'decided') =>
  infiniteQueryOptions({
    queryKey: ['reviews', state],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const query = { state, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) };
      return (await listReviews({ query, signal, throwOnError: true })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
    refetchOnWindowFocus: false,
  });

export const reviewsQuery = pairsQuery('open');
export const decidedQuery = pairsQuery('decided');

export const fieldsQuery = queryOptions({
  queryKey: ['fields'],
  queryFn: async ({ signal }) => (await listFields({ signal, throwOnError: true })).data,
  staleTime: 300_000,
});
