/** 今日 and 客户: where everyone starts. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { toListSearch, toProfileSearch } from '@/features/customers/search-params';
import { frameRoute } from './root';

export const customerRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/today',
    component: lazyRouteComponent(() => import('@/features/today/today-page'), 'TodayPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/customers',
    validateSearch: toListSearch,
    component: lazyRouteComponent(() => import('@/features/customers/list/customers-page'), 'CustomersPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/customers/tags',
    component: lazyRouteComponent(() => import('@/features/customers/tags/tags-page'), 'TagsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/customers/$id',
    validateSearch: toProfileSearch,
    component: lazyRouteComponent(() => import('@/features/customers/profile/profile-page'), 'ProfilePage'),
  }),
] as const;
