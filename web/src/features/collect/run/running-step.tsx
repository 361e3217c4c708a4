/** While the worker reads: how far, how fast, how long still; and the way to stop it. The page may be left. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { Card } from '@/components/layout/card';
import { type Figure, Figures } from '@/components/layout/figures';
import { FootBar, Page, PageBody } from '@/components/layout/page';
import { ProgressBar } from '@/components/marks/progress-bar';
import { useFormat } from '@/lib/format/use-format';
import { ImportHeader } from '../imports/import-header';
import { shareOf } from '../imports/state-tag';
import { useImportActions } from '../imports/use-import-actions';
import { restOf, useRate } from './rate';

interface RunningStepProps {
  job: ImportOut;
  /** When the answer came that told these figures. */
  toldAt: number;
  onLeave: () => void;
}

function Progress({ job, toldAt }: Pick<RunningStepProps, 'job' | 'toldAt'>) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const rate = useRate(job.rows_read, toldAt);
  const rest = restOf(rate, job.rows_read, job.rows_total);
  const title = t(job.state === 'queued' ? 'run.queued' : job.is_dry_run ? 'run.trying' : 'run.importing');
  const share = shareOf(job);
  return (
    <Card title={title}>
      <div className="k-row" style={{ gap: 12 }}>
        <div className="k-grow">
          <ProgressBar share={share} label={title} height={8} />
        </div>
        <b className="k-nowrap">{format.share(share, 0)}</b>
      </div>
      <div className="k-row k-small k-label" style={{ marginTop: 8 }} aria-live="polite">
        <span className="k-grow">
          {job.state === 'queued'
            ? t('run.queuedText')
            : t('run.rows', { done: format.count(job.rows_read), all: format.count(job.rows_total) })}
        </span>
        {rate !== undefined && <span>{t('run.rate', { number: format.count(Math.round(rate)) })}</span>}
        {rest !== undefined && (
          <span>{t('run.rest', { time: format.duration(Math.max(1, Math.round(rest))) })}</span>
        )}
      </div>
      <p className="k-caption" style={{ marginTop: 6 }}>
        {t(job.is_dry_run ? 'run.leaveTrial' : 'run.leave')}
      </p>
    </Card>
  );
}

export function RunningStep({ job, toldAt, onLeave }: RunningStepProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const { cancel } = useImportActions(job.id);
  const figures = (
    ['customers_created', 'customers_updated', 'rows_unchanged', 'rows_rejected'] as const
  ).map((key): Figure => ({ key, label: t(`imports.${key}`), value: format.count(job[key]) }));
  return (
    <Page>
      <ImportHeader
        step={job.is_dry_run ? 'trial' : 'run'}
        job={job}
        subtitle={t(job.is_dry_run ? 'run.subtitleTrial' : 'run.subtitle')}
      />
      <PageBody>
        <Progress job={job} toldAt={toldAt} />
        {!job.is_dry_run && <Figures figures={figures} />}
      </PageBody>
      <FootBar
        back={<Button onClick={onLeave}>{t('run.toList')}</Button>}
        hint={cancel.isSuccess && t('run.stopping')}
      >
        <Button danger disabled={cancel.isSuccess} onClick={() => setAsking(true)}>
          {t(job.is_dry_run ? 'run.cancelTrial' : 'run.cancel')}
        </Button>
      </FootBar>
      <ConfirmDialog
        isOpen={isAsking}
        title={t(job.is_dry_run ? 'run.cancelTrialTitle' : 'run.cancelTitle')}
        confirmLabel={t(job.is_dry_run ? 'run.cancelTrial' : 'run.cancel')}
        isDestructive
        onConfirm={() => cancel.mutateAsync()}
        onClose={() => setAsking(false)}
      >
        {t(job.is_dry_run ? 'run.cancelTrialText' : 'run.cancelText', {
          number: format.count(job.rows_accepted),
        })}
      </ConfirmDialog>
    </Page>
  );
}
