/** The rows of the list: a name with its rule under it, the purpose, the size, and when the rule was last changed. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SegmentOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { sizesQuery, usePurposeName } from '../saved';
import styles from '../segments.module.css';

function NameCell({ row }: { row: SegmentOut }) {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  const words = row.words ? inLanguage(row.words, language) : t('hiddenRule');
  return (
    <div className={styles.nameCell}>
      {row.words ? (
        <Link to="/analyze/segments/$segmentId" params={{ segmentId: row.id }} className="k-link k-strong">
          {row.name}
        </Link>
      ) : (
        <span className="k-strong">{row.name}</span>
      )}
      <span className="k-caption" title={words}>
        {words}
      </span>
    </div>
  );
}

function StateCell({ row }: { row: SegmentOut }) {
  const { t } = useTranslation('segments');
  if (row.is_archived) return <Status>{t('states.archived')}</Status>;
  if (row.is_waiting) return <Status tone="warning">{t('states.waiting')}</Status>;
  return <Status tone="success">{t('states.current')}</Status>;
}

export function SegmentsTable({ rows }: { rows: readonly SegmentOut[] }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const purposeName = usePurposeName();
  // Whoever was waiting is counted as soon as he waits no more.
  const waiting = rows.flatMap((row) => (row.is_waiting ? row.id : [])).join(' ');
  const { data: sizes } = useQuery(sizesQuery(waiting));
  const size = (row: SegmentOut) => {
    const count = sizes?.get(row.id);
    return count === undefined ? '—' : format.count(count);
  };
  return (
    <SmallTable label={t('title')} rowHeight={56}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('purpose')}</th>
          <th className={styles.figureColumn}>{t('members')}</th>
          <th>{t('changed')}</th>
          <th>{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={styles.nameColumn}>
              <NameCell row={row} />
            </td>
            <td className="k-nowrap">{purposeName(row.purpose)}</td>
            <td className={styles.figureColumn}>{size(row)}</td>
            <td className="k-nowrap">
              {format.near(row.changed_at)}
              <span className="k-caption" style={{ display: 'block' }}>
                {t('versionNumber', { number: row.version })}
              </span>
            </td>
            <td className="k-nowrap">
              <StateCell row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}
