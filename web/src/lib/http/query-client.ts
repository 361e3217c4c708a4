/** One cache for the app. A session that ended anywhere is told once, to whoever registered for it. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

let whenSignedOut: () => void = () => undefined;

/** The app leads to the sign-in page; this module does not know where that is. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler;
}

function watch(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 401) whenSignedOut();
}

/** A refusal stays a refusal; only what may heal by itself is asked again. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (error instanceof ApiProblem && error.status > 0 && error.status < 500) return false;
  return failures < 2;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: { staleTime: 15_000, retry: isWorthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
