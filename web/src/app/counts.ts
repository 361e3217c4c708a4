/** The numbers of open work in the rail. A page names its query here; a number that fails is left out, never shown as 0. */
import { type QueryKey, useQueries } from '@tanstack/react-query';
import { listReviews } from '@/api/generated/sdk.gen';

export interface PageCount {
  queryKey: QueryKey;
  queryFn: () => Promise<number>;
}

/** Pairs that wait for a steward. */
export const reviewCount: PageCount = {
  queryKey: ['reviews', 'count'],
  queryFn: async () => (await listReviews({ query: { limit: 1 }, throwOnError: true })).data.open_count,
};

interface Counted {
  key: string;
  count?: PageCount;
}

/** Asked again every minute, for pages that the reader may open. */
export function usePageCounts(pages: readonly Counted[]): ReadonlyMap<string, number> {
  const counted = pages.flatMap(({ key, count }) => (count ? [{ key, count }] : []));
  return useQueries({
    queries: counted.map(({ count }) => ({ ...count, refetchInterval: 60_000, retry: false })),
    combine: (answers) =>
      new Map(
        answers.flatMap(({ data }, i) => {
          const key = counted[i]?.key;
          return key !== undefined && data !== undefined && data > 0 ? [[key, data] as const] : [];
        }),
      ),
  });
}
