/** The root of all routes, and the frame that only a signed-in person enters. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { ErrorState } from '@/components/states/error-state';
import { ApiProblem } from '@/lib/http/problem';
import { switchLanguage } from '@/lib/i18n';
import { toLanguage } from '@/lib/language';
import { getPreferences } from '@/lib/preferences';
import { meQuery } from '@/lib/session/me';
import { AppFrame } from '../frame/app-frame';

interface RouterContext {
  queryClient: QueryClient;
  /** Whether a page has this path; pages that are not there yet are not offered. */
  hasPath: (path: string) => boolean;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: ({ error, reset }) => <ErrorState problem={error} onRetry={reset} />,
});

/** Parent of every page inside the frame. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery);
      if (!getPreferences().language) await switchLanguage(toLanguage(me.user.language));
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.status !== 401) throw problem;
      throw redirect({ to: '/sign-in', search: { return: location.href } });
    }
  },
  component: AppFrame,
});
