/** The third step: what the import would do, tried exactly and taken back. The button says what comes next. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { FootBar, Page, PageBody } from '@/components/layout/page';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import shared from '../collect.module.css';
import { ImportHeader } from '../imports/import-header';
import { kindOf } from '../imports/kind-of';
import { useImportActions } from '../imports/use-import-actions';
import { firstOutcome, type Outcome, OutcomeCards, outcomeLabel } from './outcome-cards';
import { ReasonsCard } from './reasons-card';
import { CreatedCard, UpdatedCard } from './sample-cards';
import { ShareBar, secondsOf } from './share-bar';
import { readSummary, type Summary } from './summary';

interface BehindProps {
  job: ImportOut;
  summary: Summary;
  outcome: Outcome;
}

function Behind({ job, summary, outcome }: BehindProps) {
  const { t } = useTranslation('collect');
  const kind = kindOf(job);
  const reasons = <ReasonsCard job={job} reasons={summary.reasons} />;
  if (outcome === 'refused') return reasons;
  const main = {
    created:
      kind === 'event' ? (
        <Card title={t('trial.whoNew')}>{t('trial.newByEvents')}</Card>
      ) : (
        <CreatedCard samples={summary.created} />
      ),
    updated:
      kind === 'consent' ? (
        <Card title={t('trial.outcome.consentsUpdated')}>{t('trial.consentsUpdatedText')}</Card>
      ) : (
        <UpdatedCard samples={summary.updated} />
      ),
    written: (
      <Card title={t(outcomeLabel(kind, 'written'))}>
        {t(kind === 'consent' ? 'trial.consentsWrittenText' : 'trial.writtenText')}
      </Card>
    ),
    unchanged: (
      <Card title={t(outcomeLabel(kind, 'unchanged'))}>
        {t(
          `trial.${({ customer: 'unchangedText', event: 'knownText', consent: 'consentsKnownText' } as const)[kind]}`,
        )}
      </Card>
    ),
    review: <Card title={t('trial.outcome.review')}>{t('trial.reviewText')}</Card>,
  }[outcome];
  if (summary.reasons.length === 0) return main;
  return (
    <div className={shared.columns} data-aside="wide">
      {main}
      {reasons}
    </div>
  );
}

interface TrialStepProps {
  job: ImportOut;
  onBack: () => void;
  onNewFile: () => void;
}

export function TrialStep({ job, onBack, onNewFile }: TrialStepProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const summary = readSummary(job.summary);
  const [outcome, setOutcome] = useState(() => firstOutcome(job));
  const { run } = useImportActions(job.id);
  const seconds = secondsOf(job);
  const canImport = job.rows_accepted > 0 && job.has_file && !run.isPending;
  const start = () => {
    if (!canImport) return false;
    run.mutate({ dry_run: false });
    return true;
  };
  useShortcut({ keys: 'mod+enter', group: 'page', label: t('trial.import'), onPress: start });
  const label = summary.isWhole
    ? t('trial.importRows', { count: job.rows_accepted, number: format.count(job.rows_accepted) })
    : t('trial.importAbout', { number: format.estimate(job.rows_total) });
  const time = seconds === undefined ? undefined : format.duration(seconds);
  return (
    <Page>
      <ImportHeader
        step="trial"
        job={job}
        subtitle={time ? t('trial.subtitleTime', { time }) : t('trial.subtitle')}
      />
      <PageBody>
        <OutcomeCards job={job} summary={summary} chosen={outcome} onChoose={setOutcome} />
        <ShareBar job={job} />
        {!summary.isWhole && (
          <Note tone="warning">{t('trial.notWhole', { number: format.count(job.rows_read) })}</Note>
        )}
        <ProblemNote problem={run.error} />
        <Behind job={job} summary={summary} outcome={outcome} />
      </PageBody>
      <FootBar
        back={<Button onClick={onBack}>{t('importing.back')}</Button>}
        hint={
          !job.has_file
            ? t('gone.title')
            : job.rows_accepted === 0
              ? t('trial.nothingToImport')
              : job.rows_rejected > 0 && t('trial.hint')
        }
      >
        <Button onClick={onNewFile}>{t('importing.otherFile')}</Button>
        <Button type="primary" disabled={!canImport} loading={run.isPending} onClick={start}>
          {label}
        </Button>
      </FootBar>
    </Page>
  );
}
