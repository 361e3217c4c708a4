/** Asking for traits, what they can be made of, and how the values of a draft are spread. */
import { queryOptions } from '@tanstack/react-query';
import {
  getSegmentVocabulary,
  getTrait,
  listPurposes,
  listTraitAggregates,
  listTraits,
  previewTrait,
} from '@/api/generated/sdk.gen';

export const traitsQuery = queryOptions({
  queryKey: ['traits'],
  queryFn: async ({ signal }) => (await listTraits({ signal, throwOnError: true })).data,
  refetchInterval: ({ state }) =>
    state.data?.some((one) => one.is_active && one.computed_at === null) ? 2_000 : false,
});

export const aggregatesQuery = queryOptions({
  queryKey: ['traits', 'aggregates'],
  queryFn: async ({ signal }) => (await listTraitAggregates({ signal, throwOnError: true })).data,
  staleTime: Number.POSITIVE_INFINITY,
});

export const eventsQuery = queryOptions({
  queryKey: ['segments', 'vocabulary'],
  queryFn: async ({ signal }) => (await getSegmentVocabulary({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
});

export function traitQuery(key: string) {
  return queryOptions({
    queryKey: ['traits', 'one', key],
    queryFn: async ({ signal }) => (await getTrait({ path: { key }, signal, throwOnError: true })).data,
  });
}

export function previewQuery(purpose: string | undefined, definition: Record<string, unknown> | undefined) {
  return queryOptions({
    queryKey: ['traits', 'preview', purpose, definition],
    queryFn: async ({ signal }) => {
      const body = { purpose: purpose ?? '', definition: definition ?? {} };
      return (await previewTrait({ body, signal, throwOnError: true })).data;
    },
    enabled: purpose !== undefined && definition !== undefined,
    staleTime: 0,
  });
}
