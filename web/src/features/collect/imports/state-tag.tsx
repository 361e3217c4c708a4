/** The state of an import as a tag; while it is under way, how far it is. */
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { ProgressBar } from '@/components/marks/progress-bar';
import { Tag } from '@/components/marks/tag';
import { formatShare } from '@/lib/format/numbers';
import { shownState, TONES } from './states';

export function shareOf(job: Pick<ImportOut, 'rows_read' | 'rows_total'>): number {
  return job.rows_total > 0 ? Math.min(1, job.rows_read / job.rows_total) : 0;
}

export function StateTag({ job }: { job: ImportOut }) {
  const { t } = useTranslation('collect');
  const shown = shownState(job);
  const label = t(`states.${shown}`);
  const share = shareOf(job);
  return (
    <span className="k-row">
      <Tag tone={TONES[shown]}>{label}</Tag>
      {job.state === 'running' && (
        <>
          <span style={{ width: 72 }}>
            <ProgressBar share={share} label={label} />
          </span>
          <span className="k-caption">{formatShare(share, 0)}</span>
        </>
      )}
    </span>
  );
}
