/** 我的待办: what this reader is to do for customers, what is due first on top. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TodayTask, TodayTasks } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Avatar } from '@/components/marks/avatar';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { isLate } from '@/lib/tasks';
import styles from './today.module.css';

function TaskRow({ task }: { task: TodayTask }) {
  const { t } = useTranslation(['today', 'tasks', 'customers']);
  const format = useFormat();
  const due = task.due_on ? format.date(task.due_on) : '';
  return (
    <li>
      <Avatar name={task.customer} hueKey={task.customer_id} size={26} />
      <span className="k-grow k-small k-ellipsis">
        <Link to="/relate/tasks" search={{ task: task.id }}>
          {task.title}
        </Link>
        <span className="k-caption" style={{ display: 'block' }}>
          {[task.customer || t('customers:list.nameless'), kindOf(task.reason, t)].join('　')}
        </span>
      </span>
      {isLate(task) ? (
        <Tag tone="warning">{t('tasks:late')}</Tag>
      ) : (
        <span className="k-caption k-nowrap">{due}</span>
      )}
    </li>
  );
}

function kindOf(
  reason: string,
  t: (key: 'today:tasks.survey' | 'today:tasks.staff' | 'today:tasks.other') => string,
) {
  if (reason === 'survey') return t('today:tasks.survey');
  return reason === 'staff' ? t('today:tasks.staff') : t('today:tasks.other');
}

export function TasksCard({ tasks }: { tasks: TodayTasks }) {
  const { t } = useTranslation('today');
  return (
    <Card
      title={t('tasks.title')}
      isPadded={false}
      extra={
        <Link to="/relate/tasks">
          {tasks.own > 0 ? t('tasks.all', { count: tasks.own }) : t('tasks.open')}
        </Link>
      }
    >
      {tasks.first.length === 0 ? (
        <p className={styles.calm}>{t('tasks.none')}</p>
      ) : (
        <ul className={styles.rows}>
          {tasks.first.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </Card>
  );
}
