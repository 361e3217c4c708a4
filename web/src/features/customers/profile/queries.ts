/** Asking for one customer, now or at the end of a day: profile, timeline, records, ties, why he is one; and his days of change. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getContactStanding,
  getCustomer,
  getCustomerConsents,
  getCustomerHistory,
  getCustomerTimeline,
  getCustomerWhy,
  listContactsOfCustomer,
  listCustomerRecords,
  listCustomerTraits,
  listOffersForCustomer,
  listRelationships,
  listSegmentsOfCustomer,
} from '@/api/generated/sdk.gen';

export const timelineKinds = ['transaction', 'interaction', 'service', 'behavior', 'change'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** Everything about one customer begins so; a change of him makes all of it stale. */
export const customerKey = (id: string) => ['customer', id] as const;

/** What a question adds that is asked as of a day; the server takes the day to its end. */
export const asOfDay = (asOf: string | undefined) => (asOf ? { as_of: asOf } : {});

export function profileQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: [...customerKey(id), 'profile', asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const query = asOfDay(asOf);
      const { data } = await getCustomer({ path: { customer_id: id }, query, signal, throwOnError: true });
      return data;
    },
  });
}

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: [...customerKey(id), 'history'],
    queryFn: async ({ signal }) =>
      (await getCustomerHistory({ path: { customer_id: id }, signal, throwOnError: true })).data,
  });
}

export function timelineQuery(id: string, kind: TimelineKind | '', asOf: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...customerKey(id), 'timeline', kind, asOf ?? 'now'],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 30, kind, ...asOfDay(asOf), ...(pageParam ? { cursor: pageParam } : {}) };
      const path = { customer_id: id };
      return (await getCustomerTimeline({ path, query, signal, throwOnError: true })).data;
    },
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** When somebody last spoke with him; undefined where nobody did. */
export function lastContactQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: [...customerKey(id), 'last-contact', asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const query = { limit: 1, kind: 'interaction', ...asOfDay(asOf) };
      const { data } = await getCustomerTimeline({
        path: { customer_id: id },
        query,
        signal,
        throwOnError: true,
      });
      return data.items[0] ?? null;
    },
  });
}

export function recordsQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: [...customerKey(id), 'records', asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const path = { customer_id: id };
      return (await listCustomerRecords({ path, query: asOfDay(asOf), signal, throwOnError: true })).data;
    },
  });
}

export function whyQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: [...customerKey(id), 'why', asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const path = { customer_id: id };
      return (await getCustomerWhy({ path, query: asOfDay(asOf), signal, throwOnError: true })).data;
    },
  });
}

/** What he has said is of now: the ledger itself tells what held on another day. */
export function consentsQuery(id: string) {
  return queryOptions({
    queryKey: [...customerKey(id), 'consents'],
    queryFn: async ({ signal }) =>
      (await getCustomerConsents({ path: { customer_id: id }, signal, throwOnError: true })).data,
  });
}

export function tiesQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: [...customerKey(id), 'relationships', asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const path = { customer_id: id };
      return (await listRelationships({ path, query: asOfDay(asOf), signal, throwOnError: true })).data;
    },
  });
}

export function traitsQuery(id: string) {
  return queryOptions({
    queryKey: [...customerKey(id), 'traits'],
    queryFn: async ({ signal }) =>
      (await listCustomerTraits({ path: { customer_id: id }, signal, throwOnError: true })).data,
  });
}

/** What suits him now by rule; asked anew after every answer, for it belongs to the customer's key. */
export function offersQuery(id: string) {
  return queryOptions({
    queryKey: [...customerKey(id), 'offers'],
    queryFn: async ({ signal }) =>
      (await listOffersForCustomer({ path: { customer_id: id }, signal, throwOnError: true })).data,
  });
}

export function segmentsQuery(id: string) {
  return queryOptions({
    queryKey: [...customerKey(id), 'segments'],
    queryFn: async ({ signal }) =>
      (await listSegmentsOfCustomer({ path: { customer_id: id }, signal, throwOnError: true })).data,
  });
}

/** Whether he may be written to now, and what he was sent. */
export function contactsQuery(id: string) {
  return queryOptions({
    queryKey: [...customerKey(id), 'contacts'],
    queryFn: async ({ signal }) => {
      const asked = { path: { customer_id: id }, signal, throwOnError: true as const };
      const [standing, sent] = await Promise.all([getContactStanding(asked), listContactsOfCustomer(asked)]);
      return { standing: standing.data, sent: sent.data };
    },
  });
}
