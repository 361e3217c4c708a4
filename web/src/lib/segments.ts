/** The saved segments that may be chosen, wherever one is named: by a rule, a campaign, a report. */
import { queryOptions } from '@tanstack/react-query';
import { listSegments } from '@/api/generated/sdk.gen';

export const savedSegmentsQuery = queryOptions({
  queryKey: ['segments', 'saved'],
  queryFn: async ({ signal }) => (await listSegments({ signal, throwOnError: true })).data,
});
