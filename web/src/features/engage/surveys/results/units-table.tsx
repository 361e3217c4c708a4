/** The measure of each unit, or of each campaign that asked, the lowest first: where to look. Intervals that overlap do not tell units apart. */
import { useTranslation } from 'react-i18next';
import type { PointOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { useFormat } from '@/lib/format/use-format';
import { measureText } from './figures';

interface UnitsTableProps {
  points: readonly PointOut[];
  measure: string;
  /** What the table compares, and what each row is. */
  title: string;
  head: string;
}

export function UnitsTable({ points, measure, title, head }: UnitsTableProps) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const sorted = [...points].sort((a, b) => a.estimate.value - b.estimate.value);
  return (
    <SmallTable label={title} rowHeight={36}>
      <thead>
        <tr>
          <th>{head}</th>
          <th style={{ textAlign: 'end' }}>{measure.toUpperCase()}</th>
          <th style={{ textAlign: 'end' }}>{t('interval95')}</th>
          <th style={{ textAlign: 'end' }}>{t('answers')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ key, estimate }) => (
          <tr key={key}>
            <td>{key}</td>
            <td style={{ textAlign: 'end' }}>{measureText(estimate.value, measure)}</td>
            <td style={{ textAlign: 'end' }} className="k-nowrap">
              {estimate.low === null || estimate.high === null
                ? '—'
                : `${measureText(estimate.low, measure)} – ${measureText(estimate.high, measure)}`}
            </td>
            <td style={{ textAlign: 'end' }}>{format.count(estimate.count)}</td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}
