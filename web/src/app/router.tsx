/** All routes in one tree. A route file holds paths and search parameters; its page is loaded when it is opened. */
import { createRouter } from '@tanstack/react-router';
import { LoadingState } from '@/components/states/loading-state';
import { onSignedOut, queryClient } from '@/lib/http/query-client';
import { analyzeRoutes } from './routes/analyze';
import { collectRoutes } from './routes/collect';
import { customerRoutes } from './routes/customers';
import { engageRoutes } from './routes/engage';
import { governRoutes } from './routes/govern';
import { indexRoute, nowhereRoute, ownPageRoute, signInRoute } from './routes/outside';
import { frameRoute, rootRoute } from './routes/root';
import { settingsRoutes } from './routes/settings';

const routeTree = rootRoute.addChildren([
  signInRoute,
  ownPageRoute,
  frameRoute.addChildren([
    indexRoute,
    ...customerRoutes,
    ...collectRoutes,
    ...analyzeRoutes,
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

onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/consent') return;
  queryClient.clear();
  void router.navigate({ to: '/sign-in', search: { return: href } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
