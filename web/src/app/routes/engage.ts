/** 触达. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './root';

export const engageRoutes = [
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
] as const;
