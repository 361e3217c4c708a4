/** Cohorts as rows, later periods as columns, the darker the more came back. What is not over is outlined and not shaded. */
import { useTranslation } from 'react-i18next';
import type { CohortOut, RetentionOut, ReturnOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { useMode } from '@/components/theme/theme-provider';
import { chartSequential } from '@/components/theme/tokens';
import { useFormat } from '@/lib/format/use-format';
import { INKS, TURNS } from '../dashboards/heat-table';
import styles from './behavior.module.css';
import { intervalOf } from './funnel-table';
import type { CohortAt } from './queries';

const FULL = 1;

interface CellProps {
  value: ReturnOut | undefined;
  label: string;
  onOpen: () => void;
}

function Cell({ value, label, onOpen }: CellProps) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const mode = useMode();
  if (!value?.share) return <td />;
  const told = t('cell', {
    period: label,
    count: format.count(value.customers),
    range: intervalOf(value.share, format),
  });
  const share = format.share(value.share.value);
  if (value.is_open) {
    return (
      <td>
        <button
          type="button"
          className={`k-plain-button ${styles.heat}`}
          data-open
          title={`${told} ${t('notOver')}`}
          aria-label={`${share}… ${told}`}
          onClick={onOpen}
        >
          {share}…
        </button>
      </td>
    );
  }
  const steps = chartSequential[mode];
  const at = Math.min(steps.length - 1, Math.floor((value.share.value / FULL) * steps.length));
  return (
    <td>
      <button
        type="button"
        className={`k-plain-button ${styles.heat}`}
        onClick={onOpen}
        title={told}
        aria-label={`${share} ${told}`}
        style={
          value.customers > 0 ? { background: steps[at], color: INKS[mode][at >= TURNS[mode] ? 1 : 0] } : {}
        }
      >
        {share}
      </button>
    </td>
  );
}

export function periodName(cohort: CohortOut, unit: string): string {
  return unit === 'month' ? cohort.first.slice(0, 7) : `${cohort.first.slice(5)} – ${cohort.last.slice(5)}`;
}

interface TableProps {
  answer: RetentionOut;
  unit: 'week' | 'month';
  onOpen: (at: CohortAt) => void;
}

export function RetentionTable({ answer, unit, onOpen }: TableProps) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const later = answer.overall.map((_, place) => t(`later.${unit}`, { count: place + 1 }));
  const open = (cohort: CohortOut, gap: number) =>
    onOpen({
      cohort: cohort.first,
      later: gap,
      period: periodName(cohort, unit),
      laterName: later[gap - 1] ?? '',
    });
  return (
    <SmallTable label={t('cohortTable')} rowHeight={36}>
      <thead>
        <tr>
          <th>{t(`cohortOf.${unit}`)}</th>
          <th className={styles.figure}>{t('customers')}</th>
          {later.map((name) => (
            <th key={name} className={styles.centered}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.cohorts.map((cohort) => (
          <tr key={cohort.first}>
            <td title={`${cohort.first} – ${cohort.last}`} className={styles.noBreak}>
              {periodName(cohort, unit)}
            </td>
            <td className={styles.figure}>
              {cohort.customers === 0 ? (
                0
              ) : (
                <button type="button" className="k-plain-button k-link" onClick={() => open(cohort, 0)}>
                  {format.count(cohort.customers)}
                  {cohort.is_open && '…'}
                </button>
              )}
            </td>
            {later.map((name, place) => (
              <Cell
                key={name}
                value={cohort.returns[place]}
                label={name}
                onOpen={() => open(cohort, place + 1)}
              />
            ))}
          </tr>
        ))}
        <tr data-total>
          <td>{t('overall')}</td>
          <td />
          {answer.overall.map((rate, place) => (
            <td key={later[place]} className={styles.centered} title={intervalOf(rate, format)}>
              {rate ? format.share(rate.value) : '—'}
            </td>
          ))}
        </tr>
      </tbody>
    </SmallTable>
  );
}
