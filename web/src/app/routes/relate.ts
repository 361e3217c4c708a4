/** 经营. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from './root';

const taskViews = ['mine', 'unit', 'done'] as const;
type TaskView = (typeof taskViews)[number];

export const relateRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: '/relate/tasks',
    validateSearch: (search: Record<string, unknown>): { view?: TaskView; task?: string } => {
      const view = taskViews.find((one) => one === search.view);
      const task = typeof search.task === 'string' && /^[0-9a-f-]{36}$/.test(search.task) ? search.task : '';
      return { ...(view ? { view } : {}), ...(task ? { task } : {}) };
    },
    component: lazyRouteComponent(() => import('@/features/relate/tasks/tasks-page'), 'TasksPage'),
  }),
] as const;
