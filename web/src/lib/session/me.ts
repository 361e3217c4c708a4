/** Who is signed in and what he may do. The server decides every time again; this only spares him dead ends. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { request } from '../http/http';
import type { Permission } from './permissions';

export interface Me {
  user: { id: number; email: string; name: string; language: string };
  roles: readonly { key: string; label: string }[];
  unit: { id: number; code: string; name: string };
  permissions: readonly string[];
  scope: { label: string };
  organization: { name: string };
  reveals: { used: number; limit: number };
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('/api/v1/me', { signal }),
  staleTime: 300_000,
});

/** Inside the frame only, where the router has loaded it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the reader holds at least one of the rights; what needs none is allowed. */
export function useCan(): (...needed: readonly Permission[]) => boolean {
  const { permissions } = useMe();
  return (...needed) => needed.length === 0 || needed.some((permission) => permissions.includes(permission));
}

/** What a person may change about himself. */
export function changeMe(change: { name?: string; language?: string }): Promise<Me> {
  return request<Me>('/api/v1/me', { method: 'PATCH', body: change });
}
