/** Asking for the rules by which records are joined. */
import { queryOptions } from '@tanstack/react-query';
import { listBlockedValues, listIdentifierKinds } from '@/api/generated/sdk.gen';

export const kindsQuery = queryOptions({
  queryKey: ['matching', 'kinds'],
  queryFn: async ({ signal }) => (await listIdentifierKinds({ signal, throwOnError: true })).data,
});

export const blockedQuery = queryOptions({
  queryKey: ['matching', 'blocked'],
  queryFn: async ({ signal }) => (await listBlockedValues({ signal, throwOnError: true })).data,
});
