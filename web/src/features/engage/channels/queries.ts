/** Asking for accounts of channels, what was not taken, the suppression list and the demo mailbox. */
import { queryOptions } from '@tanstack/react-query';
import {
  getSinkMail,
  listChannels,
  listDeadLetters,
  listSinkMails,
  listSuppressions,
} from '@/api/generated/sdk.gen';

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await listChannels({ signal, throwOnError: true })).data,
});

export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: async ({ signal }) => (await listDeadLetters({ signal, throwOnError: true })).data,
});

export function suppressionsQuery(address: string) {
  return queryOptions({
    queryKey: ['suppressions', address],
    queryFn: async ({ signal }) =>
      (await listSuppressions({ body: { address }, signal, throwOnError: true })).data,
  });
}

export const sinkMailsQuery = queryOptions({
  queryKey: ['sink-mails'],
  queryFn: async ({ signal }) => (await listSinkMails({ signal, throwOnError: true })).data,
  refetchInterval: 5_000,
});

export function sinkMailQuery(id: string) {
  return queryOptions({
    queryKey: ['sink-mails', id],
    queryFn: async ({ signal }) =>
      (await getSinkMail({ path: { mail_id: id }, signal, throwOnError: true })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
