/** Asking for models of value: the list, tiers with their shares, moves between two days, and who is behind a figure. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getRfm,
  getRfmMoves,
  getRfmResult,
  getSegmentVocabulary,
  listPurposes,
  listRfmCustomers,
  listRfmModels,
  listStandardTiers,
  previewRfm,
} from '@/api/generated/sdk.gen';

export interface Days {
  first?: string;
  last?: string;
}

/** A tier as it stands, or with `before` a move into it. */
export interface TierFigure {
  tier: string;
  before?: string;
}

export const rfmModelsQuery = queryOptions({
  queryKey: ['rfm'],
  queryFn: async ({ signal }) => (await listRfmModels({ signal, throwOnError: true })).data,
  refetchInterval: ({ state }) => (state.data?.some((one) => one.is_waiting) ? 2_000 : false),
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

export function rfmModelQuery(key: string) {
  return queryOptions({
    queryKey: ['rfm', 'one', key],
    queryFn: async ({ signal }) => (await getRfm({ path: { key }, signal, throwOnError: true })).data,
  });
}

export function resultQuery(key: string, computedAt: string | null) {
  return queryOptions({
    queryKey: ['rfm', 'result', key, computedAt],
    queryFn: async ({ signal }) => (await getRfmResult({ path: { key }, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
  });
}

export function movesQuery(key: string, days: Days, computedAt: string | null) {
  return queryOptions({
    queryKey: ['rfm', 'moves', key, days, computedAt],
    queryFn: async ({ signal }) =>
      (await getRfmMoves({ path: { key }, query: days, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
  });
}

export function tiersQuery(scores: number) {
  return queryOptions({
    queryKey: ['rfm', 'standard-tiers', scores],
    queryFn: async ({ signal }) =>
      (await listStandardTiers({ query: { scores }, signal, throwOnError: true })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function behindQuery(key: string, figure: TierFigure, days: Days, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['rfm', 'behind', key, figure, days, cursor],
    queryFn: async ({ signal }) => {
      const query = {
        ...figure,
        ...(figure.before === undefined ? {} : days),
        ...(cursor ? { cursor } : {}),
      };
      return (await listRfmCustomers({ path: { key }, query, signal, throwOnError: true })).data;
    },
  });
}

export function previewQuery(purpose: string | undefined, definition: Record<string, unknown> | undefined) {
  return queryOptions({
    queryKey: ['rfm', 'preview', purpose, definition],
    queryFn: async ({ signal }) => {
      const body = { purpose: purpose ?? '', definition: definition ?? {} };
      return (await previewRfm({ body, signal, throwOnError: true })).data;
    },
    enabled: purpose !== undefined && definition !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
