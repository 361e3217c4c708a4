/** Taking a batch back: first what that removes, restores and leaves, then a reason, then the act. */
import { RollbackOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut, RevertOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { Note } from '@/components/marks/note';
import { SkeletonBlock } from '@/components/states/loading-state';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import styles from '../collect.module.css';
import { useImportActions } from '../imports/use-import-actions';
import { revertPreviewQuery } from '../queries';

export const REVERT_DAYS = 30;
const LONGEST = 2000;

function lastDay(job: ImportOut): Date {
  const end = new Date(job.finished_at ?? job.created_at);
  end.setUTCDate(end.getUTCDate() + REVERT_DAYS);
  return end;
}

interface PreviewProps {
  preview: RevertOut | undefined;
  isConsents: boolean;
}

function Preview({ preview, isConsents }: PreviewProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const facts = [
    { key: 'customers_removed', unit: 'people' },
    { key: 'customers_restored', unit: 'people' },
    { key: 'values_restored', unit: 'values' },
    { key: 'values_kept', unit: 'values' },
  ] as const;
  const ofConsents = [
    { key: 'values_restored', unit: 'values', label: 'words_voided' },
    { key: 'customers_restored', unit: 'people', label: 'masks_restored' },
  ] as const;
  const shown = isConsents ? ofConsents : facts.map((fact) => ({ ...fact, label: fact.key }));
  return (
    <dl className={styles.facts} style={{ margin: '8px 0' }}>
      {shown.map(({ key, unit, label }) => (
        <div key={key}>
          <dt className={key === 'values_kept' && preview?.values_kept ? 'k-warning' : ''}>
            {t(`revert.${label}`)}
          </dt>
          <dd className={key === 'values_kept' && preview?.values_kept ? 'k-warning' : ''}>
            {preview ? (
              t(`revert.${unit}`, { count: preview[key], number: format.count(preview[key]) })
            ) : (
              <SkeletonBlock width={48} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Asked only on request: the server finds out by taking the whole batch back and undoing that. */
function RevertForm({ job }: { job: ImportOut }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const notify = useNotify();
  const [isAsked, setAsked] = useState(false);
  const preview = useQuery({ ...revertPreviewQuery(job.id), enabled: isAsked });
  const { revert } = useImportActions(job.id);
  const [reason, setReason] = useState('');
  const act = () => revert.mutate(reason.trim(), { onSuccess: () => notify.done(t('revert.done')) });
  return (
    <Card title={t('revert.title')} icon={<RollbackOutlined aria-hidden />}>
      <p className="k-small k-label">
        {t(job.kind === 'consent' ? 'revert.textConsents' : 'revert.text', {
          days: REVERT_DAYS,
          date: format.date(lastDay(job)),
        })}
      </p>
      {!isAsked && (
        <Button style={{ marginTop: 12 }} onClick={() => setAsked(true)}>
          {t('revert.look')}
        </Button>
      )}
      {isAsked && preview.error && (
        <div style={{ marginTop: 12 }}>
          <ProblemNote problem={preview.error} />
        </div>
      )}
      {isAsked && !preview.error && (
        <>
          <Preview preview={preview.data} isConsents={job.kind === 'consent'} />
          <div className="k-stack" style={{ gap: 12 }}>
            {preview.data && preview.data.values_kept > 0 && (
              <Note tone="warning">
                {t('revert.keptNote', {
                  count: preview.data.values_kept,
                  number: format.count(preview.data.values_kept),
                })}
              </Note>
            )}
            <Field label={t('revert.reason')} hint={t('revert.reasonHint')}>
              {(control) => (
                <Input.TextArea
                  {...control}
                  value={reason}
                  maxLength={LONGEST}
                  autoSize={{ minRows: 2, maxRows: 6 }}
                  placeholder={t('revert.placeholder')}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
            <ProblemNote problem={revert.error} />
            <div className="k-row" style={{ justifyContent: 'flex-end' }}>
              <Button
                danger
                disabled={reason.trim() === '' || !preview.data}
                loading={revert.isPending}
                onClick={act}
              >
                {t('revert.act')}
              </Button>
            </div>
          </div>
        </>
      )}
    </Card>
  );
}

export function RevertCard({ job }: { job: ImportOut }) {
  const can = useCan();
  const isOpen = Date.now() <= lastDay(job).getTime();
  return can('import.revert') && isOpen ? <RevertForm job={job} /> : null;
}
