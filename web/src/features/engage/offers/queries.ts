/** Asking for offers, what they came to, how many customers a rule suits, and what it says of one. */
import { queryOptions } from '@tanstack/react-query';
import {
  getOfferResults,
  getSegmentVocabulary,
  listOffers,
  listPurposes,
  searchCustomers,
} from '@/api/generated/sdk.gen';

export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: async ({ signal }) => (await listOffers({ signal, throwOnError: true })).data,
});

export function resultsQuery(key: string) {
  return queryOptions({
    queryKey: ['offers', 'results', key],
    queryFn: async ({ signal }) =>
      (await getOfferResults({ path: { key }, signal, throwOnError: true })).data,
  });
}

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
});

export const eventNamesQuery = queryOptions({
  queryKey: ['segments', 'vocabulary'],
  queryFn: async ({ signal }) => (await getSegmentVocabulary({ signal, throwOnError: true })).data,
  staleTime: 60_000,
});

export function customersNamed(text: string) {
  const asked = text.trim();
  return queryOptions({
    queryKey: ['customers', 'named', asked],
    enabled: asked !== '',
    queryFn: async ({ signal }) =>
      (await searchCustomers({ body: { q: asked, limit: 10 }, signal, throwOnError: true })).data.items,
  });
}
