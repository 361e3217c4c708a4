/** Asking for interviews: the guides, one of them, its records and summary, one record. */
import { queryOptions } from '@tanstack/react-query';
import {
  getInterview,
  getInterviewGuide,
  getInterviewResults,
  listInterviewGuides,
  listInterviewRecords,
} from '@/api/generated/sdk.gen';

export const guidesQuery = queryOptions({
  queryKey: ['interviews'],
  queryFn: async ({ signal }) => (await listInterviewGuides({ signal, throwOnError: true })).data,
});

export function guideQuery(id: string) {
  return queryOptions({
    queryKey: ['interviews', 'guide', id],
    queryFn: async ({ signal }) =>
      (await getInterviewGuide({ path: { guide_id: id }, signal, throwOnError: true })).data,
  });
}

export function recordsQuery(id: string, theme: string) {
  return queryOptions({
    queryKey: ['interviews', 'records', id, theme],
    queryFn: async ({ signal }) =>
      (await listInterviewRecords({ path: { guide_id: id }, query: { theme }, signal, throwOnError: true }))
        .data,
  });
}

export function resultsQuery(id: string) {
  return queryOptions({
    queryKey: ['interviews', 'results', id],
    queryFn: async ({ signal }) =>
      (await getInterviewResults({ path: { guide_id: id }, signal, throwOnError: true })).data,
  });
}

export function recordQuery(id: string) {
  return queryOptions({
    queryKey: ['interviews', 'record', id],
    queryFn: async ({ signal }) =>
      (await getInterview({ path: { record_id: id }, signal, throwOnError: true })).data,
  });
}
