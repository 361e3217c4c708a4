/** Asking what customers do one after another, for a purpose that is named. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  askFunnel,
  askRetention,
  getSegmentVocabulary,
  listFunnelCustomers,
  listRetentionCustomers,
} from '@/api/generated/sdk.gen';
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

export const PEOPLE_PAGE = 50;

export interface StepAt {
  step: number;
  which: 'reached' | 'stopped';
}

export function peopleQuery(asked: Asked, at: StepAt, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['funnels', 'customers', asked, at, cursor],
    queryFn: async ({ signal }) => {
      const body = { ...asked, ...at, limit: PEOPLE_PAGE, ...(cursor ? { cursor } : {}) };
      return (await listFunnelCustomers({ body, signal, throwOnError: true })).data;
    },
  });
}

export const WHICH = ['back', 'away'] as const;

/** A cell of 留存, with the names under which the table tells it; 0 periods later is the cohort itself. */
export interface CohortAt {
  cohort: string;
  later: number;
  period: string;
  laterName: string;
}

interface CohortAsked {
  cohort: string;
  later: number;
  which: (typeof WHICH)[number];
}

export function cohortPeopleQuery(asked: Asked, at: CohortAsked, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['retention', 'customers', asked, at, cursor],
    queryFn: async ({ signal }) => {
      const body = { ...asked, ...at, limit: PEOPLE_PAGE, ...(cursor ? { cursor } : {}) };
      return (await listRetentionCustomers({ body, signal, throwOnError: true })).data;
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
