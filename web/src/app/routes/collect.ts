/** 采集. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './root';

export const collectRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/collect/sources',
    validateSearch: (search: Record<string, unknown>): { drawer?: 'new'; source?: number } => {
      if (search.drawer === 'new') return { drawer: 'new' };
      return Number.isInteger(search.source) ? { source: Number(search.source) } : {};
    },
    component: lazyRouteComponent(() => import('@/features/collect/sources/sources-page'), 'SourcesPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/collect/imports',
    component: lazyRouteComponent(() => import('@/features/collect/imports/imports-page'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/collect/imports/new',
    component: lazyRouteComponent(() => import('@/features/collect/upload/new-import-page'), 'NewImportPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/collect/imports/$importId',
    validateSearch: (search: Record<string, unknown>): { step?: 'mapping' } =>
      search.step === 'mapping' ? { step: 'mapping' } : {},
    component: lazyRouteComponent(() => import('@/features/collect/imports/import-page'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/collect/events',
    validateSearch: (search: Record<string, unknown>): { source?: string } =>
      typeof search.source === 'string' ? { source: search.source } : {},
    component: lazyRouteComponent(() => import('@/features/collect/live/live-page'), 'LivePage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/collect/quarantine',
    validateSearch: (search: Record<string, unknown>): { state?: 'replayed' | 'dropped' } =>
      search.state === 'replayed' || search.state === 'dropped' ? { state: search.state } : {},
    component: lazyRouteComponent(
      () => import('@/features/collect/quarantine/quarantine-page'),
      'QuarantinePage',
    ),
  }),
] as const;
