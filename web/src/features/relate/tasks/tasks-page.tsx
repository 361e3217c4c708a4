/** 待办: mine, my unit's, what is done; what is due first stands first, and what is late says so. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TaskOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { isLate } from '@/lib/tasks';
import { tasksQuery, type View, views } from './queries';
import { TaskDrawer } from './task-drawer';
import styles from './tasks.module.css';

type TaskState = 'open' | 'doing' | 'done';

function Due({ task }: { task: TaskOut }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  if (task.state === 'done') return <>{format.near(task.done_at)}</>;
  if (!task.due_on) return <>—</>;
  return (
    <span className="k-row">
      {format.date(task.due_on)}
      {isLate(task) && <Tag tone="warning">{t('late')}</Tag>}
    </span>
  );
}

function TasksTable({ rows, onOpen }: { rows: readonly TaskOut[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation('tasks');
  return (
    <SmallTable label={t('title')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('what')}</th>
          <th>{t('customer')}</th>
          <th>{t('owner')}</th>
          <th>{t('due')}</th>
          <th>{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <button
                type="button"
                className={`k-plain-button k-link ${styles.title}`}
                onClick={() => onOpen(row.id)}
              >
                {row.title}
              </button>
            </td>
            <td className="k-nowrap">
              <Link to="/customers/$id" params={{ id: row.customer_id }} className="k-link">
                {row.customer || t('nameless')}
              </Link>
            </td>
            <td className="k-nowrap">
              {row.owner ?? t('nobody')}
              <span className="k-caption" style={{ display: 'block' }}>
                {row.unit}
              </span>
            </td>
            <td className="k-nowrap">
              <Due task={row} />
            </td>
            <td>
              <Status tone={row.state === 'done' ? 'success' : row.state === 'doing' ? 'primary' : 'neutral'}>
                {t(`states.${row.state as TaskState}`)}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function TasksPage() {
  const { t } = useTranslation('tasks');
  const navigate = useNavigate();
  const { view = 'mine', task } = useSearch({ from: '/frame/relate/tasks' });
  const query = useQuery(tasksQuery(view));
  const show = (next: View, open?: string) =>
    void navigate({ to: '/relate/tasks', search: { view: next, ...(open ? { task: open } : {}) } });
  const opened = query.data?.find(({ id }) => id === task);
  return (
    <Page>
      <PageHeader frame="bar" title={t('title')} subtitle={t('subtitle')} />
      <div className={styles.strip}>
        <PageTabs
          label={t('title')}
          active={view}
          tabs={views.map((key) => ({ key, label: t(`views.${key}`) }))}
          onChange={(next) => show(next)}
        />
      </div>
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title={t(`empty.${view}`)} text={t('emptyText')} />
            ) : (
              <Card isPadded={false}>
                <TasksTable rows={rows} onOpen={(id) => show(view, id)} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {opened && <TaskDrawer key={opened.id} task={opened} onClose={() => show(view)} />}
    </Page>
  );
}
