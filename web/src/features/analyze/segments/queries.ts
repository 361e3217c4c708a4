/** Asking for the words of definitions, and how many customers one describes. */
import { queryOptions } from '@tanstack/react-query';
import { countSegment, getSegmentVocabulary, listPurposes } from '@/api/generated/sdk.gen';

export const vocabularyQuery = queryOptions({
  queryKey: ['segments', 'vocabulary'],
  queryFn: async ({ signal }) => (await getSegmentVocabulary({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
});

export function countQuery(purpose: string | undefined, definition: Record<string, unknown>) {
  return queryOptions({
    queryKey: ['segments', 'count', purpose, definition],
    queryFn: async ({ signal }) => {
      const body = { purpose: purpose ?? '', definition };
      return (await countSegment({ body, signal, throwOnError: true })).data;
    },
    enabled: purpose !== undefined,
    staleTime: 0,
  });
}
