/** What the pages of 采集 ask the server. A running import is asked again every second, anything at rest is not. */
import { queryOptions } from '@tanstack/react-query';
import {
  getImport,
  listFields,
  listImportProposals,
  listImports,
  listLiveEvents,
  listQuarantinedEvents,
  listSources,
  listUnits,
  previewImportRevert,
} from '@/api/generated/sdk.gen';
import type { ImportOut } from '@/api/generated/types.gen';

const MOST_IMPORTS = 200;
const EVERY_SECOND = 1000;

/** Whether the worker has it or will soon have it. */
export function isUnderWay({ state }: Pick<ImportOut, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) => (await listSources({ signal, throwOnError: true })).data,
});

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async ({ signal }) =>
    (await listImports({ query: { limit: MOST_IMPORTS }, signal, throwOnError: true })).data.items,
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? EVERY_SECOND : false),
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: async ({ signal }) =>
      (await getImport({ path: { import_id: id }, signal, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? EVERY_SECOND : false),
  });

export const proposalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id, 'proposals'],
    queryFn: async ({ signal }) =>
      (await listImportProposals({ path: { import_id: id }, signal, throwOnError: true })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const revertPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id, 'revert'],
    queryFn: async ({ signal }) =>
      (await previewImportRevert({ path: { import_id: id }, signal, throwOnError: true })).data,
  });

export const fieldsQuery = queryOptions({
  queryKey: ['fields'],
  queryFn: async ({ signal }) => (await listFields({ signal, throwOnError: true })).data,
  staleTime: 300_000,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async ({ signal }) => (await listUnits({ signal, throwOnError: true })).data,
  staleTime: 300_000,
});

const EVERY_TWO_SECONDS = 2000;

/** What is paused is kept as it is. */
export const liveQuery = (source: string, isPaused: boolean) =>
  queryOptions({
    queryKey: ['live', source],
    queryFn: async ({ signal }) =>
      (await listLiveEvents({ query: { source }, signal, throwOnError: true })).data,
    refetchInterval: isPaused ? false : EVERY_TWO_SECONDS,
    refetchOnWindowFocus: !isPaused,
  });

export const QUARANTINE_STATES = ['open', 'replayed', 'dropped'] as const;
export type QuarantineState = (typeof QUARANTINE_STATES)[number];
const MOST_QUARANTINED = 200;

export const quarantineQuery = (state: QuarantineState) =>
  queryOptions({
    queryKey: ['quarantine', state],
    queryFn: async ({ signal }) => {
      const query = { state, limit: MOST_QUARANTINED };
      return (await listQuarantinedEvents({ query, signal, throwOnError: true })).data.items;
    },
  });
