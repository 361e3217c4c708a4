/** 分析. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readBehaviorSearch } from '@/features/analyze/behavior/draft';
import type { DashboardSearch } from '@/features/analyze/dashboards/dashboards-page';
import type { LifecycleSearch } from '@/features/analyze/lifecycle/lifecycle-page';
import type { RfmSearch } from '@/features/analyze/rfm/rfm-page';
import { toSegmentPlace } from '@/features/analyze/segments/one/place';
import { frameRoute } from './root';

const dashboardKeys = ['board', 'span', 'compare', 'unit', 'card', 'x', 'series', 'edit'] as const;

const toModel = ({ model }: Record<string, unknown>): LifecycleSearch =>
  typeof model === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(model) ? { model } : {};

export const analyzeRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments',
    validateSearch: (search: Record<string, unknown>): { q?: string; archived?: boolean } => ({
      ...(typeof search.q === 'string' && search.q ? { q: search.q } : {}),
      ...(search.archived === true ? { archived: true } : {}),
    }),
    component: lazyRouteComponent(
      () => import('@/features/analyze/segments/list/segments-page'),
      'SegmentsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments/new',
    validateSearch: (search: Record<string, unknown>): { list?: number } =>
      typeof search.list === 'number' ? { list: search.list } : {},
    component: lazyRouteComponent(
      () => import('@/features/analyze/segments/edit/new-segment-page'),
      'NewSegmentPage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments/lists',
    component: lazyRouteComponent(() => import('@/features/analyze/segments/lists/lists-page'), 'ListsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments/$segmentId',
    validateSearch: toSegmentPlace,
    component: lazyRouteComponent(
      () => import('@/features/analyze/segments/one/segment-page'),
      'SegmentPage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments/$segmentId/edit',
    component: lazyRouteComponent(
      () => import('@/features/analyze/segments/edit/edit-segment-page'),
      'EditSegmentPage',
    ),
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
    path: '/analyze/value',
    validateSearch: ({ model, drawer }: Record<string, unknown>): RfmSearch => ({
      ...(typeof model === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(model) ? { model } : {}),
      ...(drawer === 'new' || drawer === 'edit' ? { drawer } : {}),
    }),
    component: lazyRouteComponent(() => import('@/features/analyze/rfm/rfm-page'), 'RfmPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/lifecycle',
    validateSearch: toModel,
    component: lazyRouteComponent(
      () => import('@/features/analyze/lifecycle/lifecycle-page'),
      'LifecyclePage',
    ),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/lifecycle/edit',
    validateSearch: toModel,
    component: lazyRouteComponent(
      () => import('@/features/analyze/lifecycle/edit/edit-lifecycle-page'),
      'EditLifecyclePage',
    ),
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
