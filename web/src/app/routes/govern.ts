/** 识别 and 治理. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { toAuditSearch } from '@/features/govern/audit/search-params';
import { frameRoute } from './root';

export const governRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/govern/audit',
    validateSearch: toAuditSearch,
    component: lazyRouteComponent(() => import('@/features/govern/audit/audit-page'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/govern/purposes',
    validateSearch: (search: Record<string, unknown>): { purpose?: string; drawer?: 'new' | 'publish' } => ({
      ...(typeof search.purpose === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(search.purpose)
        ? { purpose: search.purpose }
        : {}),
      ...(search.drawer === 'new' || search.drawer === 'publish' ? { drawer: search.drawer } : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/govern/purposes/purposes-page'), 'PurposesPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/resolve/review',
    validateSearch: (search: Record<string, unknown>): { state?: 'decided' } =>
      search.state === 'decided' ? { state: 'decided' } : {},
    component: lazyRouteComponent(() => import('@/features/resolve/review/review-page'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/resolve/matching',
    validateSearch: (search: Record<string, unknown>): { drawer?: 'new'; kind?: string } => ({
      ...(search.drawer === 'new' ? { drawer: 'new' as const } : {}),
      ...(typeof search.kind === 'string' && /^[a-z][a-z0-9_]{0,31}$/.test(search.kind)
        ? { kind: search.kind }
        : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/resolve/matching/matching-page'), 'MatchingPage'),
  }),
] as const;
