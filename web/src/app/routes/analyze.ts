/** 分析. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './root';

export const analyzeRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/analyze/segments',
    component: lazyRouteComponent(() => import('@/features/analyze/segments/segments-page'), 'SegmentsPage'),
  }),
] as const;
