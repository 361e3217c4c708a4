/** Campaigns as the server has them; what is running is asked for again. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getCampaign,
  getCampaignOutlook,
  getCampaignResults,
  getSegment,
  listCampaignMessages,
  listCampaignRecipients,
  listCampaigns,
  listChannels,
  listSurveys,
  listTemplates,
} from '@/api/generated/sdk.gen';

const SOON = 3_000;

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: async ({ signal }) => (await listCampaigns({ signal, throwOnError: true })).data,
});

export const templatesQuery = queryOptions({
  queryKey: ['templates', 'list'],
  queryFn: async ({ signal }) => (await listTemplates({ signal, throwOnError: true })).data,
});

export const surveysQuery = queryOptions({
  queryKey: ['surveys'],
  queryFn: async ({ signal }) => (await listSurveys({ signal, throwOnError: true })).data,
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

/** Asked for again while it runs, and once more when it has ended: what was last is told. */
export function resultsQuery(id: string, state: string) {
  return queryOptions({
    queryKey: ['campaigns', id, 'results', state],
    queryFn: async ({ signal }) =>
      (await getCampaignResults({ path: { campaign_id: id }, signal, throwOnError: true })).data,
    refetchInterval: state === 'running' ? SOON : false,
    placeholderData: keepPreviousData,
  });
}

export const HEARD = ['opened', 'clicked', 'unsubscribed', 'bounced'] as const;
export type Heard = (typeof HEARD)[number];

interface Narrowed {
  /** The campaign's own state: while it runs, the list is asked for again. */
  campaign: string;
  /** A state of the send, or what was heard of it; empty is everybody. */
  show: string;
  cursor: string | undefined;
}

export function recipientsQuery(id: string, { campaign, show, cursor }: Narrowed) {
  const heard = HEARD.find((kind) => kind === show);
  return queryOptions({
    queryKey: ['campaigns', id, 'recipients', campaign, show, cursor],
    queryFn: async ({ signal }) => {
      const narrowed = heard ? { heard } : show ? { state: show } : {};
      const query = { ...narrowed, ...(cursor ? { cursor } : {}) };
      const asked = { path: { campaign_id: id }, query, signal, throwOnError: true as const };
      return (await listCampaignRecipients(asked)).data;
    },
    refetchInterval: campaign === 'running' ? SOON : false,
    placeholderData: keepPreviousData,
  });
}

export interface Asked {
  segmentId: string;
  account: string;
  variants: number;
  holdoutShare: number;
  base: number;
}

export function outlookQuery(asked: Asked | null) {
  return queryOptions({
    queryKey: ['campaigns', 'outlook', asked],
    queryFn: async ({ signal }) => {
      const { segmentId, account, variants, holdoutShare, base } = asked as Asked;
      const body = { segment_id: segmentId, account, variants, holdout_share: holdoutShare, base };
      return (await getCampaignOutlook({ body, signal, throwOnError: true })).data;
    },
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function messagesQuery(id: string) {
  return queryOptions({
    queryKey: ['campaigns', id, 'messages'],
    queryFn: async ({ signal }) =>
      (await listCampaignMessages({ path: { campaign_id: id }, signal, throwOnError: true })).data,
  });
}

export function segmentQuery(id: string) {
  return queryOptions({
    queryKey: ['segments', 'one', id],
    queryFn: async ({ signal }) =>
      (await getSegment({ path: { segment_id: id }, signal, throwOnError: true })).data,
    retry: false,
  });
}
