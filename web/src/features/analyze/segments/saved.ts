/** Saved segments as the server has them. One that waits for its members is asked for again. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import {
  divideSegment,
  getSegment,
  listSegmentMembers,
  listSegmentSizes,
  listSegmentSnapshots,
  listSegments,
  overlapSegments,
} from '@/api/generated/sdk.gen';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { purposesQuery } from './queries';

const SOON = 3_000;
export const PAGE_SIZE = 50;
export const SEGMENTS = ['segments'] as const;

export function segmentsQuery(archived: boolean) {
  return queryOptions({
    queryKey: ['segments', 'list', archived],
    queryFn: async ({ signal }) => {
      const { data } = await listSegments({ query: { archived }, signal, throwOnError: true });
      return data.filter((one) => one.is_archived === archived);
    },
    refetchInterval: ({ state }) => (state.data?.some((one) => one.is_waiting) ? SOON : false),
  });
}

/** How many are in each, by id; what is not told waits for its members or may not be opened. */
export function sizesQuery(waiting: string) {
  return queryOptions({
    queryKey: ['segments', 'sizes', waiting],
    queryFn: async ({ signal }) => {
      const { data } = await listSegmentSizes({ signal, throwOnError: true });
      return new Map(data.map((one) => [one.segment_id, one.count]));
    },
  });
}

export function segmentQuery(id: string) {
  return queryOptions({
    queryKey: ['segments', 'one', id],
    queryFn: async ({ signal }) =>
      (await getSegment({ path: { segment_id: id }, signal, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.data?.is_waiting && !state.data.is_archived ? SOON : false),
  });
}

/** `on` is a day, of which its end is asked, or an instant; without it, now. */
export function membersQuery(id: string, on: string | undefined, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['segments', 'members', id, on ?? '', cursor ?? ''],
    queryFn: async ({ signal }) => {
      const as_of = on && (on.includes('T') ? on : `${on}T23:59:59`);
      const query = { limit: PAGE_SIZE, ...(as_of ? { as_of } : {}), ...(cursor ? { cursor } : {}) };
      return (await listSegmentMembers({ path: { segment_id: id }, query, signal, throwOnError: true })).data;
    },
  });
}

interface Divided {
  purpose: string;
  definition: Record<string, unknown>;
  by: string;
}

export function partsQuery(body: Divided) {
  return queryOptions({
    queryKey: ['segments', 'parts', body],
    queryFn: async ({ signal }) => (await divideSegment({ body, signal, throwOnError: true })).data,
  });
}

export function overlapQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: ['segments', 'overlap', ids],
    queryFn: async ({ signal }) =>
      (await overlapSegments({ body: { segment_ids: [...ids] }, signal, throwOnError: true })).data,
    enabled: ids.length > 1,
  });
}

export function snapshotsQuery(id: string) {
  return queryOptions({
    queryKey: ['segments', 'snapshots', id],
    queryFn: async ({ signal }) =>
      (await listSegmentSnapshots({ path: { segment_id: id }, signal, throwOnError: true })).data,
  });
}

/** The name of a purpose by its key. */
export function usePurposeName(): (key: string) => string {
  const { language } = useFormat();
  const { data = [] } = useQuery(purposesQuery);
  return (key) => {
    const known = data.find((one) => one.key === key);
    return known ? inLanguage(known.name, language) : key;
  };
}
