/** An import or a trial that failed or was stopped: where, why, and how to go on. Nothing is written twice. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { type Figure, Figures } from '@/components/layout/figures';
import { FootBar, Page, PageBody } from '@/components/layout/page';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import shared from '../collect.module.css';
import { ImportHeader } from '../imports/import-header';
import { useImportActions } from '../imports/use-import-actions';
import { useLabel } from '../labels';
import { ReasonsCard } from '../trial/reasons-card';
import { readSummary } from '../trial/summary';
import { RefusalsButton } from './refusals';
import { RevertCard } from './revert-card';

interface StoppedStepProps {
  job: ImportOut;
  onNewFile: () => void;
}

export function StoppedStep({ job, onNewFile }: StoppedStepProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const label = useLabel();
  const { resume } = useImportActions(job.id);
  const { reasons } = readSummary(job.summary);
  const isFailed = job.state === 'failed';
  const hasWritten = !job.is_dry_run && job.rows_accepted > 0;
  const figures = (['rows_read', 'customers_created', 'customers_updated', 'rows_rejected'] as const).map(
    (key): Figure => ({ key, label: t(`imports.${key}`), value: format.count(job[key]) }),
  );
  const what = job.is_dry_run
    ? isFailed
      ? 'failedTrial'
      : 'cancelledTrial'
    : isFailed
      ? 'failed'
      : 'cancelled';
  return (
    <Page>
      <ImportHeader step={job.is_dry_run ? 'trial' : 'run'} job={job} subtitle={t(`stopped.${what}`)} />
      <PageBody>
        <Note tone={isFailed ? 'error' : 'warning'}>
          <b>{t(`stopped.${what}`)}</b>
          {job.fault && <div>{label(job.fault)}</div>}
          <div>
            {hasWritten
              ? t('stopped.written', {
                  rows: format.count(job.rows_read),
                  kept: format.count(job.rows_accepted),
                })
              : t('stopped.nothingWritten')}
          </div>
        </Note>
        <ProblemNote problem={resume.error} />
        {hasWritten && <Figures figures={figures} />}
        {hasWritten && (
          <div className={shared.columns} data-aside="wide">
            <div>{reasons.length > 0 && <ReasonsCard job={job} reasons={reasons} />}</div>
            <RevertCard job={job} />
          </div>
        )}
      </PageBody>
      <FootBar
        back={<Button onClick={onNewFile}>{t('importing.otherFile')}</Button>}
        hint={job.has_file ? !isFailed && t('stopped.hint') : t('gone.title')}
      >
        <RefusalsButton job={job} />
        <Button
          type="primary"
          disabled={!job.has_file}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t(job.is_dry_run ? 'stopped.again' : 'stopped.resume')}
        </Button>
      </FootBar>
    </Page>
  );
}
