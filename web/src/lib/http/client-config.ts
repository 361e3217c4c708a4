/** What the generated client is told: it fetches as the rest of the app does, and throws an `ApiProblem`. */
import { kehuFetch } from './http';

export function createClientConfig<Config extends object>(override?: Config) {
  return { ...override, baseUrl: location.origin, fetch: kehuFetch, throwOnError: true as const };
}
