/** Asking for purposes, one of them with its versions, and the words that terms are made of. */
import { queryOptions } from '@tanstack/react-query';
import { getPurpose, getPurposeVocabulary, listPurposes } from '@/api/generated/sdk.gen';

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
});

export const vocabularyQuery = queryOptions({
  queryKey: ['purposes', 'vocabulary'],
  queryFn: async ({ signal }) => (await getPurposeVocabulary({ signal, throwOnError: true })).data,
  staleTime: Number.POSITIVE_INFINITY,
});

export function purposeQuery(key: string) {
  return queryOptions({
    queryKey: ['purposes', 'one', key],
    queryFn: async ({ signal }) => (await getPurpose({ path: { key }, signal, throwOnError: true })).data,
  });
}
