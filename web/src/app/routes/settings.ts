/** 设置. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './root';

type Search = Record<string, unknown>;

const NUMBER = /^[1-9]\d{0,9}$/;
const KEY = /^[a-z][a-z0-9_]{0,63}$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const UUID = /^[0-9a-f-]{36}$/i;

const number = (value: unknown) => (NUMBER.test(String(value)) ? Number(value) : undefined);
const matching = (pattern: RegExp, value: unknown) =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;
const isNew = (search: Search) => (search.drawer === 'new' ? ({ drawer: 'new' } as const) : {});

/** Only what is there: an absent parameter is absent, never undefined. */
function given<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
}

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/settings/fields',
    validateSearch: (search: Search): { drawer?: 'new'; field?: string } => ({
      ...isNew(search),
      ...given('field', matching(KEY, search.field)),
    }),
    component: lazyRouteComponent(() => import('@/features/settings/fields/fields-page'), 'FieldsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/settings/users',
    validateSearch: (
      search: Search,
    ): { tab?: 'users' | 'roles'; drawer?: 'new'; user?: number; role?: string } => ({
      ...given(
        'tab',
        (['users', 'roles'] as const).find((tab) => tab === search.tab),
      ),
      ...isNew(search),
      ...given('user', number(search.user)),
      ...given('role', matching(KEY, search.role)),
    }),
    component: lazyRouteComponent(() => import('@/features/settings/users/users-page'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/settings/units',
    validateSearch: (search: Search): { drawer?: 'new'; parent?: string; unit?: number } => ({
      ...isNew(search),
      ...given('parent', matching(CODE, search.parent)),
      ...given('unit', number(search.unit)),
    }),
    component: lazyRouteComponent(() => import('@/features/settings/units/units-page'), 'UnitsPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/settings/access',
    validateSearch: (search: Search): { user?: number; customer?: string } => ({
      ...given('user', number(search.user)),
      ...given('customer', matching(UUID, search.customer)),
    }),
    component: lazyRouteComponent(() => import('@/features/settings/access/access-page'), 'AccessPage'),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/settings/account',
    component: lazyRouteComponent(() => import('@/features/account/account-page'), 'AccountPage'),
  }),
] as const;
