/** All routes in one tree. A route file holds paths and search parameters; its page is loaded when it is opened. */
import { createRouter } from '@tanstack/react-router';
import { LoadingState } from '@/components/states/loading-state';
import { onSignedOut, queryClient } from '@/lib/http/query-client';
import { analyzeRoutes } from './routes/analyze';
import { collectRoutes } from './routes/collect';
import { customerRoutes } from './routes/customers';
import { engageRoutes } from './routes/engage';
import { governRoutes } from './routes/govern';
import {
  indexRoute,
  leavingRoute,
  nowhereRoute,
  ownPageRoute,
  signInRoute,
  surveyPageRoute,
} from './routes/outside';
import { relateRoutes } from './routes/relate';
import { frameRoute, rootRoute } from './routes/root';
import { settingsRoutes } from './routes/settings';

const routeTree = rootRoute.addChildren([
  signInRoute,
  ownPageRoute,
  leavingRoute,
  surveyPageRoute,
  frameRoute.addChildren([
    indexRoute,
    ...customerRoutes,
    ...collectRoutes,
    ...analyzeRoutes,
    ...relateRoutes,
    ...engageRoutes,
    ...governRoutes,
    ...settingsRoutes,
    nowhereRoute,
  ]),
]);

let known: Record<string, unknown> = {};

export const router = createRouter({
  routeTree,
  context: { queryClient, hasPath: (path) => path in known },
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  defaultPendingComponent: LoadingState,
  scrollRestoration: true,
});

known = router.routesByPath;

const outside: ReadonlySet<string> = new Set(['/sign-in', '/consent', '/survey']);

onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (outside.has(pathname) || pathname.startsWith('/u/')) return;
  if (pathname === '/sign-in' || pathname === '/consent' || pathname.startsWith('/u/')) return;
  if (outside.has(pathname)) return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { return: href } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
