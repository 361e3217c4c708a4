/** All rows of the file in one bar: what would be written, what is the same, what is refused. */
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Dot } from '@/components/marks/status';
import { useFormat } from '@/lib/format/use-format';
import styles from './trial.module.css';

const TONES = { written: 'success', same: 'neutral', refused: 'error' } as const;

/** Seconds that the trial took; undefined where it is not known. */
export function secondsOf(job: Pick<ImportOut, 'started_at' | 'finished_at'>): number | undefined {
  if (!job.started_at || !job.finished_at) return undefined;
  return Math.max(0, (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000);
}

export function ShareBar({ job }: { job: ImportOut }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const rows = {
    written: job.rows_accepted - job.rows_unchanged,
    same: job.rows_unchanged,
    refused: job.rows_rejected,
  };
  const parts = (['written', 'same', 'refused'] as const).filter((part) => rows[part] > 0);
  const seconds = secondsOf(job);
  return (
    <div className={styles.share}>
      <div className={styles.bar} aria-hidden>
        {parts.map((part) => (
          <span key={part} data-part={part} style={{ flex: rows[part] }} />
        ))}
      </div>
      <div className={styles.legend}>
        <span>{t('trial.rows', { number: format.count(job.rows_read) })}</span>
        {parts.map((part) => (
          <span key={part} className={styles.legendPart}>
            <Dot tone={TONES[part]} />
            {t(`trial.part.${part}`, { number: format.count(rows[part]) })}
          </span>
        ))}
        <span>
          {seconds === undefined
            ? t('trial.revertible')
            : t('trial.estimate', { time: format.duration(Math.max(1, Math.round(seconds))) })}
        </span>
      </div>
    </div>
  );
}
