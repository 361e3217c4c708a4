/** 分析. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readBehaviorSearch } from '@/features/analyze/behavior/draft';
import type { DashboardSearch } from '@/features/analyze/dashboards/dashboards-page';
import { frameRoute } from './root';

const dashboardKeys = ['board', 'span', 'compare', 'unit', 'card', 'x', 'series'] as const;

export const analyzeRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments',
    component: lazyRouteComponent(() => import('@/features/analyze/segments/segments-page'), 'SegmentsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/traits',
    validateSearch: (search: Record<string, unknown>): { trait?: string; drawer?: 'new' } => ({
      ...(typeof search.trait === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(search.trait)
        ? { trait: search.trait }
        : {}),
      ...(search.drawer === 'new' ? { drawer: 'new' as const } : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/analyze/traits/traits-page'), 'TraitsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/behavior',
    validateSearch: readBehaviorSearch,
    component: lazyRouteComponent(() => import('@/features/analyze/behavior/behavior-page'), 'BehaviorPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/dashboards',
    validateSearch: (search: Record<string, unknown>): DashboardSearch =>
      Object.fromEntries(
        dashboardKeys.flatMap((key) => (search[key] == null ? [] : [[key, String(search[key])]])),
      ),
    component: lazyRouteComponent(
      () => import('@/features/analyze/dashboards/dashboards-page'),
      'DashboardsPage',
    ),
  }),
] as const;
