/** 触达. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './root';

const surveyTabs = ['questions', 'send', 'results', 'settings'] as const;
type SurveyTab = (typeof surveyTabs)[number];
const guideTabs = ['guide', 'themes', 'records', 'results'] as const;
type GuideTab = (typeof guideTabs)[number];
const campaignTabs = ['results', 'recipients', 'plan'] as const;
type CampaignTab = (typeof campaignTabs)[number];

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);

const campaignRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/campaigns',
    component: lazyRouteComponent(
      () => import('@/features/engage/campaigns/campaigns-page'),
      'CampaignsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/campaigns/new',
    validateSearch: ({
      segment,
      survey,
    }: Record<string, unknown>): { segment?: string; survey?: string } => ({
      ...(isId(segment) ? { segment } : {}),
      ...(isId(survey) ? { survey } : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/engage/campaigns/edit-page'), 'NewCampaignPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/campaigns/$campaignId',
    validateSearch: (search: Record<string, unknown>): { tab?: CampaignTab; show?: string } => {
      const tab = campaignTabs.find((one) => one === search.tab);
      const { show } = search;
      return { ...(tab ? { tab } : {}), ...(typeof show === 'string' && show ? { show } : {}) };
    },
    component: lazyRouteComponent(() => import('@/features/engage/campaigns/campaign-page'), 'CampaignPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/campaigns/$campaignId/edit',
    component: lazyRouteComponent(() => import('@/features/engage/campaigns/edit-page'), 'EditCampaignPage'),
  }),
] as const;

const messageRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/templates',
    validateSearch: (search: Record<string, unknown>): { drawer?: 'new' } =>
      search.drawer === 'new' ? { drawer: 'new' } : {},
    component: lazyRouteComponent(
      () => import('@/features/engage/templates/templates-page'),
      'TemplatesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/templates/$templateId',
    component: lazyRouteComponent(() => import('@/features/engage/templates/template-page'), 'TemplatePage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/channels',
    validateSearch: (search: Record<string, unknown>): { channel?: string; drawer?: 'new' } => ({
      ...(typeof search.channel === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(search.channel)
        ? { channel: search.channel }
        : {}),
      ...(search.drawer === 'new' ? { drawer: 'new' as const } : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/engage/channels/channels-page'), 'ChannelsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/suppressions',
    component: lazyRouteComponent(
      () => import('@/features/engage/channels/suppressions-page'),
      'SuppressionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/mailbox',
    validateSearch: (search: Record<string, unknown>): { mail?: string } =>
      typeof search.mail === 'string' && /^[0-9a-f-]{36}$/.test(search.mail) ? { mail: search.mail } : {},
    component: lazyRouteComponent(() => import('@/features/engage/channels/mailbox-page'), 'MailboxPage'),
  }),
] as const;

const surveyRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/surveys',
    validateSearch: (search: Record<string, unknown>): { drawer?: 'new' } =>
      search.drawer === 'new' ? { drawer: 'new' } : {},
    component: lazyRouteComponent(() => import('@/features/engage/surveys/surveys-page'), 'SurveysPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/surveys/$surveyId',
    validateSearch: (search: Record<string, unknown>): { tab?: SurveyTab } => {
      const tab = surveyTabs.find((one) => one === search.tab);
      return tab ? { tab } : {};
    },
    component: lazyRouteComponent(() => import('@/features/engage/surveys/survey-page'), 'SurveyPage'),
  }),
] as const;

const interviewRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/interviews',
    validateSearch: (search: Record<string, unknown>): { drawer?: 'new' } =>
      search.drawer === 'new' ? { drawer: 'new' } : {},
    component: lazyRouteComponent(() => import('@/features/engage/interviews/guides-page'), 'GuidesPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/interviews/$guideId',
    validateSearch: (search: Record<string, unknown>): { tab?: GuideTab; theme?: string } => {
      const tab = guideTabs.find((one) => one === search.tab);
      const theme =
        typeof search.theme === 'string' && /^[a-z][a-z0-9_]{0,31}$/.test(search.theme) ? search.theme : '';
      return { ...(tab ? { tab } : {}), ...(theme ? { theme } : {}) };
    },
    component: lazyRouteComponent(() => import('@/features/engage/interviews/guide-page'), 'GuidePage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/interviews/records/$recordId',
    component: lazyRouteComponent(() => import('@/features/engage/interviews/record-page'), 'RecordPage'),
  }),
] as const;

const offerRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/engage/offers',
    validateSearch: (search: Record<string, unknown>): { offer?: string; drawer?: 'new' | 'edit' } => ({
      ...(typeof search.offer === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(search.offer)
        ? { offer: search.offer }
        : {}),
      ...(search.drawer === 'new' || search.drawer === 'edit' ? { drawer: search.drawer } : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/engage/offers/offers-page'), 'OffersPage'),
  }),
] as const;

export const engageRoutes = [
  ...campaignRoutes,
  ...offerRoutes,
  ...messageRoutes,
  ...surveyRoutes,
  ...interviewRoutes,
] as const;
