/** What the pages of settings ask for: the registry, standards, users, roles and units. */
import { queryOptions } from '@tanstack/react-query';
import {
  listFields,
  listRights,
  listRoles,
  listStandards,
  listUnits,
  listUsers,
} from '@/api/generated/sdk.gen';
import type { UserOut } from '@/api/generated/types.gen';

/** How often, in milliseconds, the fields are read anew while values of one are being sealed. */
const SEALING_EVERY = 2_000;
const PAGE = 500;
const MOST_PAGES = 20;

export const fieldsQuery = queryOptions({
  queryKey: ['fields'],
  queryFn: async ({ signal }) => (await listFields({ signal, throwOnError: true })).data,
  refetchInterval: ({ state }) =>
    state.data?.some((field) => field.sealing_percent !== null) ? SEALING_EVERY : false,
});

export const standardsQuery = queryOptions({
  queryKey: ['standards'],
  queryFn: async ({ signal }) => (await listStandards({ signal, throwOnError: true })).data,
  staleTime: Number.POSITIVE_INFINITY,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async ({ signal }) => (await listUnits({ signal, throwOnError: true })).data,
});

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async ({ signal }) => (await listRoles({ signal, throwOnError: true })).data,
});

export const rightsQuery = queryOptions({
  queryKey: ['roles', 'rights'],
  queryFn: async ({ signal }) => (await listRights({ signal, throwOnError: true })).data,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Everybody who works here, 10,000 at most, so that a name can be found: the server does not search users. */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => {
    const found: UserOut[] = [];
    let after = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { data } = await listUsers({ query: { limit: PAGE, after }, signal, throwOnError: true });
      found.push(...data.items);
      if (data.next_after === null) break;
      after = data.next_after;
    }
    return found;
  },
});
