/** Why rows are refused, the most frequent reason first, and the file of these rows to mend and send again. */
import { DownloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { ProgressBar } from '@/components/marks/progress-bar';
import { useFormat } from '@/lib/format/use-format';
import { useLabel } from '../labels';
import { errorsPath, hasRefusals, useRefusalsWords } from '../run/refusals';
import { splitReason } from './split-reason';
import type { Reason } from './summary';
import styles from './trial.module.css';

function ReasonRow({ reason, most }: { reason: Reason; most: number }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const label = useLabel();
  const { cause, remedy } = splitReason(label(reason));
  return (
    <div className={styles.reason}>
      <div className={styles.reasonHead}>
        <span>{cause}</span>
        <span>{format.count(reason.count)}</span>
      </div>
      <div style={{ marginTop: 6 }}>
        <ProgressBar share={reason.count / most} label={cause} tone="error" height={4} />
      </div>
      <div className={styles.reasonFoot}>
        <span>{remedy}</span>
        <span className="k-nowrap">
          {t(reason.count > 1 ? 'trial.firstRow' : 'trial.onlyRow', { row: format.count(reason.first_row) })}
        </span>
      </div>
    </div>
  );
}

export function ReasonsCard({ job, reasons }: { job: ImportOut; reasons: readonly Reason[] }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const until = useRefusalsWords()(job);
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  const download = (
    <a href={errorsPath(job.id)} download>
      <DownloadOutlined aria-hidden />{' '}
      {t('trial.download', { count: job.rows_rejected, number: format.count(job.rows_rejected) })}
    </a>
  );
  return (
    <Card
      isPadded={false}
      title={t('trial.whyRefused')}
      extra={hasRefusals(job) && download}
      foot={
        until && (
          <>
            {hasRefusals(job) && <div>{t('trial.downloadHint')}</div>}
            <div>{until}</div>
          </>
        )
      }
    >
      {reasons.map((reason) => (
        <ReasonRow key={`${reason.field}|${reason.zh}`} reason={reason} most={most} />
      ))}
      {reasons.length === 0 && (
        <p className="k-small k-label" style={{ padding: 16 }}>
          {t('trial.noneRefused')}
        </p>
      )}
    </Card>
  );
}
