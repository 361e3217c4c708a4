/** Pages outside the frame, and the bare address, which leads to the first page that the reader may open. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { meQuery } from '@/lib/session/me';
import { allPages } from '../navigation';
import { NotFoundPage } from '../not-found-page';
import { frameRoute, rootRoute } from './root';

/** Only a path of this app; anything else would lead a person astray after sign-in. */
function safeReturn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return undefined;
  return value.startsWith('/sign-in') ? undefined : value;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { return?: string; error?: string } => {
    const target = safeReturn(search.return);
    return {
      ...(target ? { return: target } : {}),
      ...(typeof search.error === 'string' ? { error: search.error } : {}),
    };
  },
  component: lazyRouteComponent(() => import('@/features/sign-in/sign-in-page'), 'SignInPage'),
});

/** A person's own page: his link stands behind `#`, which no server sees. */
export const ownPageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/consent',
  component: lazyRouteComponent(() => import('@/features/own-page/own-page'), 'OwnPage'),
});

/** Leaving by the link in a message: the page asks, and only its button acts. */
export const leavingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/u/$token',
  component: lazyRouteComponent(() => import('@/features/leaving/leaving-page'), 'LeavingPage'),
});

/** Answering a survey: the link stands behind `#`, too. */
export const surveyPageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/survey',
  component: lazyRouteComponent(() => import('@/features/survey-page/survey-page'), 'SurveyPage'),
});

/** Whoever is signed in learns inside the frame that an address leads nowhere. */
export const nowhereRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '$',
  component: NotFoundPage,
});

export const indexRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    const isOpen = ({ permissions = [], path }: (typeof allPages)[number]) =>
      context.hasPath(path) &&
      (permissions.length === 0 || permissions.some((p) => me.permissions.includes(p)));
    throw redirect({ to: allPages.find(isOpen)?.path ?? '/settings/account', replace: true });
  },
});
