/** Asking what customers do one after another, for a purpose that is named. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { askFunnel, askRetention, getSegmentVocabulary, listFunnelCustomers } from '@/api/generated/sdk.gen';
import { kehuFetch } from '@/lib/http/http';
import type { Json } from './draft';

export interface Asked {
  purpose: string;
  definition: Json;
}

export const vocabularyQuery = queryOptions({
  queryKey: ['segments', 'vocabulary'],
  queryFn: async ({ signal }) => (await getSegmentVocabulary({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});

export function funnelQuery(asked: Asked) {
  return queryOptions({
    queryKey: ['funnels', asked],
    queryFn: async ({ signal }) => (await askFunnel({ body: asked, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

export function retentionQuery(asked: Asked) {
  return queryOptions({
    queryKey: ['retention', asked],
    queryFn: async ({ signal }) => (await askRetention({ body: asked, signal, throwOnError: true })).data,
    staleTime: 60_000,
    retry: false,
  });
}

export interface StepAt {
  step: number;
  which: 'reached' | 'stopped';
}

export function peopleQuery(asked: Asked, at: StepAt, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['funnels', 'customers', asked, at, cursor],
    queryFn: async ({ signal }) => {
      const body = { ...asked, ...at, limit: 50, ...(cursor ? { cursor } : {}) };
      return (await listFunnelCustomers({ body, signal, throwOnError: true })).data;
    },
  });
}

/** Saves the figures as a file of the browser. */
export async function takeTable(path: string, asked: Asked, name: string): Promise<void> {
  const response = await kehuFetch(`/api/v1/${path}/csv`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(asked),
  });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
