/** The five answers of a trial. Each is a button that shows below what stands behind it. */
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Dot } from '@/components/marks/status';
import type { Tone } from '@/components/marks/tone';
import { useFormat } from '@/lib/format/use-format';
import { kindOf } from '../imports/kind-of';
import type { FileKind } from '../upload/send-file';
import { countValues, type Summary } from './summary';
import styles from './trial.module.css';

export type Outcome = 'created' | 'updated' | 'written' | 'unchanged' | 'refused' | 'review';

/** What is asked of a file of customers, of events, and of consents. */
const OUTCOMES: Record<FileKind, readonly Outcome[]> = {
  customer: ['created', 'updated', 'unchanged', 'refused', 'review'],
  event: ['written', 'unchanged', 'created', 'refused', 'review'],
  consent: ['written', 'updated', 'unchanged', 'refused'],
};

const TONES: Record<Outcome, Tone> = {
  created: 'primary',
  updated: 'success',
  written: 'success',
  unchanged: 'neutral',
  refused: 'error',
  review: 'warning',
};

function figureOf(job: ImportOut, outcome: Outcome): number {
  const figures: Record<Outcome, number> = {
    created: job.customers_created,
    updated: job.customers_updated,
    written: job.rows_accepted - job.rows_unchanged,
    unchanged: job.rows_unchanged,
    refused: job.rows_rejected,
    review: job.reviews_opened,
  };
  return figures[outcome];
}

/** What a person most likely wants to see first: changes, then news, then refusals. */
export function firstOutcome(job: ImportOut): Outcome {
  const order: readonly Outcome[] =
    job.kind === 'customer' ? ['updated', 'created', 'refused'] : ['refused', 'written'];
  return order.find((outcome) => figureOf(job, outcome) > 0) ?? 'unchanged';
}

/** The name of an outcome for a kind of file. */
export function outcomeLabel(kind: FileKind, outcome: Outcome) {
  if (outcome === 'unchanged' && kind !== 'customer') return 'trial.outcome.known';
  if (kind === 'consent' && outcome === 'written') return 'trial.outcome.consentsWritten';
  if (kind === 'consent' && outcome === 'updated') return 'trial.outcome.consentsUpdated';
  return `trial.outcome.${outcome}` as const;
}

interface OutcomeCardsProps {
  job: ImportOut;
  summary: Summary;
  chosen: Outcome;
  onChoose: (outcome: Outcome) => void;
}

export function OutcomeCards({ job, summary, chosen, onChoose }: OutcomeCardsProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const kind = kindOf(job);
  const basis: Record<Outcome, string> = {
    created: t('trial.basis.created'),
    written: t(kind === 'consent' ? 'trial.basis.consentsWritten' : 'trial.basis.written'),
    updated:
      kind === 'consent'
        ? t('trial.basis.consentsUpdated')
        : t('trial.basis.updated', { number: format.count(countValues(summary)) }),
    unchanged: t(kind === 'customer' ? 'trial.basis.unchanged' : 'trial.basis.known'),
    refused:
      job.rows_rejected > 0
        ? t('trial.basis.refused', { share: format.share(job.rows_rejected / Math.max(1, job.rows_read)) })
        : t('trial.basis.refusedNone'),
    review: t('trial.basis.review'),
  };
  return (
    <fieldset className={styles.cards} style={{ margin: 0, padding: 0, border: 0, minWidth: 0 }}>
      <legend className="k-unseen">{t('trial.outcomes')}</legend>
      {OUTCOMES[kind].map((outcome) => (
        <button
          key={outcome}
          type="button"
          className={styles.figure}
          aria-pressed={outcome === chosen}
          onClick={() => onChoose(outcome)}
        >
          <span className={styles.figureLabel}>
            <Dot tone={TONES[outcome]} />
            {t(outcomeLabel(kind, outcome))}
          </span>
          <span className={styles.figureValue}>
            {format.count(figureOf(job, outcome))}
            <span className={styles.figureUnit}>{t(`trial.unit.${outcome}`)}</span>
          </span>
          <span className="k-caption">{basis[outcome]}</span>
        </button>
      ))}
    </fieldset>
  );
}
