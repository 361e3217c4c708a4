/** How many customers remain at each part of a definition while it is written. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { countSegmentSteps, sampleSegment } from '@/api/generated/sdk.gen';
import { useSettled } from '@/lib/use-settled';
import type { Book } from '../builder/kinds';
import { type Draft, placesOf, toDefinition } from '../draft';

type Json = Record<string, unknown>;

function stepsQuery(purpose: string | undefined, definition: Json) {
  return queryOptions({
    queryKey: ['segments', 'steps', purpose, definition],
    queryFn: async ({ signal }) => {
      const body = { purpose: purpose ?? '', definition };
      return (await countSegmentSteps({ body, signal, throwOnError: true })).data;
    },
    enabled: purpose !== undefined,
    staleTime: 0,
    retry: false,
  });
}

export function sampleQuery(purpose: string, definition: Json, seed: number) {
  return queryOptions({
    queryKey: ['segments', 'sample', purpose, definition, seed],
    queryFn: async ({ signal }) =>
      (await sampleSegment({ body: { purpose, definition, seed }, signal, throwOnError: true })).data,
    retry: false,
  });
}

export function useSteps(purpose: string | undefined, definition: Json) {
  const settled = useSettled(definition);
  return useQuery({ ...stepsQuery(purpose, settled), placeholderData: keepPreviousData });
}

export interface Remains {
  /** By the id of the part in the draft. */
  counts: ReadonlyMap<number, number>;
  of: number;
}

/** What remains at each part of a draft, of the definition that was counted last; a part that was not counted yet has none. */
export function useRemains(draft: Draft | undefined, book: Book, purpose: string | undefined): Remains {
  const definition = useMemo(() => (draft ? toDefinition(draft, book) : {}), [draft, book]);
  const { data, isPlaceholderData } = useSteps(draft ? purpose : undefined, definition);
  return useMemo(() => {
    const counts = new Map<number, number>();
    if (draft && data && !isPlaceholderData) {
      for (const [place, id] of placesOf(draft, book)) {
        const count = data.steps[place];
        if (count !== undefined) counts.set(id, count);
      }
    }
    return { counts, of: data?.of ?? 0 };
  }, [draft, book, data, isPlaceholderData]);
}
