/** 待办: what is to be done for this customer, and a line to add something. Nothing is shown to whoever works no tasks. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createTask, listTasks } from '@/api/generated/sdk.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { isLate } from '@/lib/tasks';
import styles from '../profile/profile.module.css';

function AddTask({ customerId }: { customerId: string }) {
  const { t } = useTranslation('tasks');
  const client = useQueryClient();
  const notify = useNotify();
  const [title, setTitle] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      await createTask({ body: { customer_id: customerId, title: title.trim() }, throwOnError: true });
    },
    onSuccess: () => {
      setTitle('');
      void client.invalidateQueries({ queryKey: ['tasks'] });
    },
    onError: notify.failed,
  });
  return (
    <form
      className="k-row"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim()) add.mutate();
      }}
    >
      <Input
        size="small"
        aria-label={t('new')}
        placeholder={t('example')}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button size="small" htmlType="submit" loading={add.isPending} disabled={!title.trim()}>
        {t('add')}
      </Button>
    </form>
  );
}

export function TasksCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const canWork = useCan()('task.work');
  const { data = [] } = useQuery({
    queryKey: ['tasks', 'of', customerId],
    enabled: canWork,
    queryFn: async ({ signal }) =>
      (await listTasks({ query: { customer_id: customerId }, signal, throwOnError: true })).data,
  });
  if (!canWork) return null;
  const open = data.filter(({ state }) => state !== 'done');
  return (
    <Card title={t('title')} foot={<AddTask customerId={customerId} />} isPadded={open.length === 0}>
      {open.length === 0 ? (
        <span className="k-caption">{t('noneForCustomer')}</span>
      ) : (
        <ul className={styles.ties}>
          {open.map((task) => (
            <li key={task.id}>
              <span className="k-grow k-small">
                <Link to="/relate/tasks" search={{ view: 'unit', task: task.id }}>
                  {task.title}
                </Link>
                <span className="k-caption" style={{ display: 'block' }}>
                  {[task.owner ?? t('nobody'), task.due_on && format.date(task.due_on)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {isLate(task) && <Tag tone="warning">{t('late')}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
