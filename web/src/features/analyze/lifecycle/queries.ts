/** Asking for lifecycles: the list, customers by stage, moves, time in a stage, the trend, and who is behind a figure. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getLifecycle,
  getLifecycleMoves,
  getLifecycleStages,
  getLifecycleTimes,
  getLifecycleTrend,
  listLifecycleCustomers,
  listLifecycles,
  listStandardLifecycles,
  previewLifecycle,
} from '@/api/generated/sdk.gen';

export interface Days {
  first?: string;
  last?: string;
}

/** A stage as it stands, or with `before` a move into it. */
export interface StageFigure {
  stage: string;
  before?: string;
}

export const lifecyclesQuery = queryOptions({
  queryKey: ['lifecycles'],
  queryFn: async ({ signal }) => (await listLifecycles({ signal, throwOnError: true })).data,
  refetchInterval: ({ state }) => (state.data?.some((one) => one.is_waiting) ? 2_000 : false),
});

export const standardsQuery = queryOptions({
  queryKey: ['lifecycles', 'standards'],
  queryFn: async ({ signal }) => (await listStandardLifecycles({ signal, throwOnError: true })).data,
  staleTime: Number.POSITIVE_INFINITY,
});

export function lifecycleQuery(key: string) {
  return queryOptions({
    queryKey: ['lifecycles', 'one', key],
    queryFn: async ({ signal }) => (await getLifecycle({ path: { key }, signal, throwOnError: true })).data,
    gcTime: 0,
  });
}

export function stagesQuery(key: string, computedAt: string | null) {
  return queryOptions({
    queryKey: ['lifecycles', 'stages', key, computedAt],
    queryFn: async ({ signal }) =>
      (await getLifecycleStages({ path: { key }, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
  });
}

export function movesQuery(key: string, days: Days, computedAt: string | null) {
  return queryOptions({
    queryKey: ['lifecycles', 'moves', key, days, computedAt],
    queryFn: async ({ signal }) =>
      (await getLifecycleMoves({ path: { key }, query: days, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
  });
}

export function timesQuery(key: string, computedAt: string | null) {
  return queryOptions({
    queryKey: ['lifecycles', 'times', key, computedAt],
    queryFn: async ({ signal }) =>
      (await getLifecycleTimes({ path: { key }, signal, throwOnError: true })).data,
  });
}

export function trendQuery(key: string, computedAt: string | null) {
  return queryOptions({
    queryKey: ['lifecycles', 'trend', key, computedAt],
    queryFn: async ({ signal }) =>
      (await getLifecycleTrend({ path: { key }, signal, throwOnError: true })).data,
  });
}

export function behindQuery(key: string, figure: StageFigure, days: Days, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['lifecycles', 'behind', key, figure, days, cursor],
    queryFn: async ({ signal }) => {
      const query = {
        ...figure,
        ...(figure.before === undefined ? {} : days),
        ...(cursor ? { cursor } : {}),
      };
      return (await listLifecycleCustomers({ path: { key }, query, signal, throwOnError: true })).data;
    },
  });
}

export function previewQuery(purpose: string | undefined, definition: Record<string, unknown> | undefined) {
  return queryOptions({
    queryKey: ['lifecycles', 'preview', purpose, definition],
    queryFn: async ({ signal }) => {
      const body = { purpose: purpose ?? '', definition: definition ?? {} };
      return (await previewLifecycle({ body, signal, throwOnError: true })).data;
    },
    enabled: purpose !== undefined && definition !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
