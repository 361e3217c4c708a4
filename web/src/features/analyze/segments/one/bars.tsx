/** Figures side by side: a bar for the segment, a grey one below it for the whole, and both as numbers. */
import { useTranslation } from 'react-i18next';
import { SmallTable } from '@/components/layout/small-table';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import styles from '../segments.module.css';

export interface BarRow {
  key: string;
  label: string;
  count: number;
  /** Of the segment, 0 to 1. */
  share: number;
  /** The same part of everybody, 0 to 1. */
  of?: number;
  mark?: string | undefined;
}

export const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

interface BarsProps {
  label: string;
  /** What the names are, at the head of their column. */
  head: string;
  rows: readonly BarRow[];
}

export function Bars({ label, head, rows }: BarsProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const longest = Math.max(...rows.flatMap((row) => [row.share, row.of ?? 0]), 0.01);
  const width = (value: number) => ({ width: `${(value / longest) * 100}%` });
  const hasWhole = rows.some((row) => row.of !== undefined);
  return (
    <SmallTable label={label} rowHeight={44}>
      <thead>
        <tr>
          <th>{head}</th>
          <th aria-hidden />
          <th style={{ textAlign: 'right' }}>{t('parts.count')}</th>
          <th style={{ textAlign: 'right' }}>{t('parts.share')}</th>
          {hasWhole && <th style={{ textAlign: 'right' }}>{t('parts.whole')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td className={styles.barName}>{row.label}</td>
            <td className={styles.barCell} aria-hidden>
              <span className={styles.bar} style={width(row.share)} />
              {row.of !== undefined && <span className={styles.barWhole} style={width(row.of)} />}
            </td>
            <td style={{ textAlign: 'right' }}>{format.count(row.count)}</td>
            <td style={{ textAlign: 'right' }} className="k-nowrap">
              {row.mark && <Tag tone="primary">{row.mark}</Tag>} {format.share(row.share)}
            </td>
            {hasWhole && (
              <td style={{ textAlign: 'right' }} className="k-label">
                {format.share(row.of ?? 0)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}
