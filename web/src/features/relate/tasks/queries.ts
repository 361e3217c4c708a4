/** Asking for tasks. */
import { queryOptions } from '@tanstack/react-query';
import { listTasks } from '@/api/generated/sdk.gen';

export const views = ['mine', 'unit', 'done'] as const;
export type View = (typeof views)[number];

export function tasksQuery(view: View) {
  const query = view === 'done' ? ({ whose: 'unit', state: 'done' } as const) : ({ whose: view } as const);
  return queryOptions({
    queryKey: ['tasks', view],
    queryFn: async ({ signal }) => (await listTasks({ query, signal, throwOnError: true })).data,
  });
}
