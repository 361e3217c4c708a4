/** Asking for the trail. Each reading is written into it, so nothing is asked again by itself. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listAuditEvents, listFields, listRoles, listUnits } from '@/api/generated/sdk.gen';
import type { AuditQuestion } from './search-params';

export const PAGE_SIZE = 100;

export const auditQuery = (question: AuditQuestion, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['audit', question, cursor ?? ''],
    queryFn: async ({ signal }) => {
      const query = { ...question, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) };
      return (await listAuditEvents({ query, signal, throwOnError: true })).data;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  });

/** The file of what is filtered, 100,000 entries at most. */
export function exportAddress(question: AuditQuestion): string {
  const query = new URLSearchParams(
    Object.entries(question).map(([key, value]): [string, string] => [key, String(value)]),
  );
  return `/api/v1/audit/export?${query}`;
}

export const namesQuery = queryOptions({
  queryKey: ['audit-names'],
  queryFn: async ({ signal }) => {
    const [fields, roles, units] = await Promise.all([
      listFields({ signal, throwOnError: true }),
      listRoles({ signal, throwOnError: true }),
      listUnits({ signal, throwOnError: true }),
    ]);
    return { fields: fields.data, roles: roles.data, units: units.data };
  },
  staleTime: 300_000,
});
