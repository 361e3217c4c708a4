/** What conditions name beside fields: units, segments, and the properties of events. */
import { queryOptions } from '@tanstack/react-query';
import { listEventProperties, listUnits, tellSegment } from '@/api/generated/sdk.gen';
import type { Json } from './kinds';

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async ({ signal }) => (await listUnits({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});

export function propertiesQuery(event: string | undefined) {
  return queryOptions({
    queryKey: ['segments', 'properties', event],
    queryFn: async ({ signal }) =>
      (await listEventProperties({ query: { event: event ?? '' }, signal, throwOnError: true })).data,
    enabled: event !== undefined,
    staleTime: 60_000,
  });
}

/** A definition in words; `self` is the segment that it will define. */
export function wordsQuery(definition: Json, self: string | undefined) {
  return queryOptions({
    queryKey: ['segments', 'words', definition, self],
    queryFn: async ({ signal }) => {
      const body = { definition, ...(self ? { segment_id: self } : {}) };
      return (await tellSegment({ body, signal, throwOnError: true })).data.words;
    },
    retry: false,
  });
}
