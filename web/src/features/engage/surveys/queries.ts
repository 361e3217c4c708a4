/** Asking for surveys: the list, one of them, its results, its invitations. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getSurvey,
  getSurveyResults,
  getSurveyResultsBySegment,
  listCampaigns,
  listPurposes,
  listSurveyInvitations,
  listSurveys,
  listSurveyUploads,
} from '@/api/generated/sdk.gen';

export const surveysQuery = queryOptions({
  queryKey: ['surveys'],
  queryFn: async ({ signal }) => (await listSurveys({ signal, throwOnError: true })).data,
});

export function surveyQuery(id: string) {
  return queryOptions({
    queryKey: ['surveys', 'one', id],
    queryFn: async ({ signal }) =>
      (await getSurvey({ path: { survey_id: id }, signal, throwOnError: true })).data,
  });
}

export type Step = 'week' | 'month';

export function resultsQuery(id: string, step: Step) {
  return queryOptions({
    queryKey: ['surveys', 'results', id, step],
    queryFn: async ({ signal }) =>
      (await getSurveyResults({ path: { survey_id: id }, query: { step }, signal, throwOnError: true })).data,
  });
}

export type When = 'then' | 'now';

export function bySegmentQuery(id: string, segments: readonly string[], when: When) {
  return queryOptions({
    queryKey: ['surveys', 'results', id, 'segments', segments, when],
    queryFn: async ({ signal }) => {
      const query = { segment: [...segments], when };
      return (await getSurveyResultsBySegment({ path: { survey_id: id }, query, signal, throwOnError: true }))
        .data;
    },
    placeholderData: keepPreviousData,
  });
}

export function invitationsQuery(id: string) {
  return queryOptions({
    queryKey: ['surveys', 'invitations', id],
    queryFn: async ({ signal }) =>
      (await listSurveyInvitations({ path: { survey_id: id }, signal, throwOnError: true })).data,
  });
}

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: async ({ signal }) => (await listCampaigns({ signal, throwOnError: true })).data,
});

export function uploadsQuery(id: string) {
  return queryOptions({
    queryKey: ['surveys', 'uploads', id],
    queryFn: async ({ signal }) =>
      (await listSurveyUploads({ path: { survey_id: id }, signal, throwOnError: true })).data,
  });
}

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
});
