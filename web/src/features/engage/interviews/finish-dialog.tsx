/** Finishing an interview: what was agreed becomes a task; after that the record stays as it is. */
import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { finishInterview } from '@/api/generated/sdk.gen';
import type { TalkOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { formatDate } from '@/lib/format/dates';
import { useCan } from '@/lib/session/me';
import { recordQuery } from './queries';
import type { Written } from './use-keeping';

interface FinishDialogProps {
  talk: TalkOut;
  written: Written;
  flush: () => Promise<number>;
  onClose: () => void;
}

export function FinishDialog({ talk, written, flush, onClose }: FinishDialogProps) {
  const { t } = useTranslation('interviews');
  const client = useQueryClient();
  const notify = useNotify();
  const mayPlan = useCan()('task.work');
  const [task, setTask] = useState('');
  const [due, setDue] = useState('');
  const finish = async () => {
    const revision = await flush();
    const { data } = await finishInterview({
      path: { record_id: talk.id },
      body: { ...written, way: written.way as 'visit', revision, task: task.trim(), due_on: due || null },
      throwOnError: true,
    });
    client.setQueryData(recordQuery(talk.id).queryKey, data);
    void client.invalidateQueries({ queryKey: ['customer', talk.customer_id] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    void client.invalidateQueries({ queryKey: ['interviews', 'records'] });
    void client.invalidateQueries({ queryKey: ['interviews', 'results'] });
    notify.done(t('record.done'));
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('record.finishTitle')}
      confirmLabel={t('record.finish')}
      onConfirm={finish}
      onClose={onClose}
    >
      <div className="k-stack">
        <p style={{ margin: 0 }}>{t('record.finishText')}</p>
        {mayPlan && (
          <>
            <Field label={t('record.task')} hint={t('record.taskHint')} isOptional>
              {(control) => (
                <Input
                  {...control}
                  autoFocus
                  value={task}
                  maxLength={200}
                  placeholder={t('record.taskExample')}
                  onChange={(event) => setTask(event.target.value)}
                />
              )}
            </Field>
            {task.trim() && (
              <Field label={t('record.due')} isOptional>
                {(control) => (
                  <DateInput {...control} earliest={formatDate(new Date())} value={due} onChange={setDue} />
                )}
              </Field>
            )}
          </>
        )}
      </div>
    </ConfirmDialog>
  );
}
