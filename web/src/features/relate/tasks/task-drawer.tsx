/** One task: why it is there, what was noted, and what comes next: take it, note, finish with an outcome. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateTask } from '@/api/generated/sdk.gen';
import type { TaskChange, TaskOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { useFormat } from '@/lib/format/use-format';
import styles from './tasks.module.css';

function Notes({ task }: { task: TaskOut }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const notes = task.outcome
    ? [...task.notes, { at: task.done_at ?? '', author: t('outcome'), text: task.outcome }]
    : task.notes;
  if (notes.length === 0) return null;
  return (
    <ol className={styles.notes}>
      {notes.map((note) => (
        <li key={`${note.at}${note.text}`}>
          <span className="k-caption">
            {note.author}　{note.at && format.near(note.at)}
          </span>
          <p>{note.text}</p>
        </li>
      ))}
    </ol>
  );
}

function useWork(task: TaskOut, onDone: () => void) {
  const { t } = useTranslation('tasks');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (body: TaskChange) =>
      (await updateTask({ path: { task_id: task.id }, body, throwOnError: true })).data,
    onSuccess: (next) => {
      void client.invalidateQueries({ queryKey: ['tasks'] });
      notify.done(t(next.state === 'done' ? 'finished' : 'noted'));
      onDone();
    },
  });
}

export function TaskDrawer({ task, onClose }: { task: TaskOut; onClose: () => void }) {
  const { t } = useTranslation(['tasks', 'common']);
  const format = useFormat();
  const [text, setText] = useState('');
  const act = useWork(task, onClose);
  const isDone = task.state === 'done';
  const foot = isDone ? undefined : (
    <>
      <Button
        loading={act.isPending}
        disabled={!text.trim() && task.state === 'doing'}
        onClick={() => act.mutate({ state: 'doing', note: text.trim(), take: task.owner_id === null })}
      >
        {t(text.trim() ? 'note' : 'begin')}
      </Button>
      <Button
        type="primary"
        loading={act.isPending}
        disabled={!text.trim()}
        onClick={() => act.mutate({ state: 'done', outcome: text.trim(), take: task.owner_id === null })}
      >
        {t('finish')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('task')} foot={foot} isFilled={text.trim() !== ''}>
      <div className="k-stack">
        <h2 className={styles.heading}>{task.title}</h2>
        <p className="k-caption">
          <Link to="/customers/$id" params={{ id: task.customer_id }} className="k-link">
            {task.customer || t('nameless')}
          </Link>
          {t('line', {
            unit: task.unit,
            owner: task.owner ?? t('nobody'),
            due: task.due_on ? format.date(task.due_on) : '—',
          })}
        </p>
        <Notes task={task} />
        {!isDone && (
          <Field label={t('words')} hint={t('wordsHint')}>
            {({ status, ...control }) => (
              <Input.TextArea
                {...control}
                status={status}
                autoFocus
                value={text}
                maxLength={2000}
                autoSize={{ minRows: 3, maxRows: 8 }}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        )}
        <ProblemNote problem={act.error} />
      </div>
    </SideDrawer>
  );
}
