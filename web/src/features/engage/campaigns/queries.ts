/** Campaigns as the server has them; what is running is asked for again. */
import { queryOptions } from '@tanstack/react-query';
import {
  getCampaign,
  getCampaignResults,
  listCampaignRecipients,
  listCampaigns,
  listChannels,
  listSegments,
  listTemplates,
} from '@/api/generated/sdk.gen';

const SOON = 3_000;

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: async ({ signal }) => (await listCampaigns({ signal, throwOnError: true })).data,
});

export const segmentsQuery = queryOptions({
  queryKey: ['segments', 'list'],
  queryFn: async ({ signal }) => (await listSegments({ signal, throwOnError: true })).data,
});

export const templatesQuery = queryOptions({
  queryKey: ['templates', 'list'],
  queryFn: async ({ signal }) => (await listTemplates({ signal, throwOnError: true })).data,
});

export const channelsQuery = queryOptions({
  queryKey: ['channels', 'list'],
  queryFn: async ({ signal }) => (await listChannels({ signal, throwOnError: true })).data,
});

export function campaignQuery(id: string) {
  return queryOptions({
    queryKey: ['campaigns', id],
    queryFn: async ({ signal }) =>
      (await getCampaign({ path: { campaign_id: id }, signal, throwOnError: true })).data,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? SOON : false),
  });
}

export function resultsQuery(id: string, isRunning: boolean) {
  return queryOptions({
    queryKey: ['campaigns', id, 'results'],
    queryFn: async ({ signal }) =>
      (await getCampaignResults({ path: { campaign_id: id }, signal, throwOnError: true })).data,
    refetchInterval: isRunning ? SOON : false,
  });
}

export function recipientsQuery(id: string, state: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['campaigns', id, 'recipients', state, cursor],
    queryFn: async ({ signal }) => {
      const query = { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) };
      const asked = { path: { campaign_id: id }, query, signal, throwOnError: true as const };
      return (await listCampaignRecipients(asked)).data;
    },
  });
}
