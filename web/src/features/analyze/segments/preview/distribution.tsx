/** What a definition's customers are made of, while it is written: the largest parts, and the rest together. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { partsQuery } from '../saved';
import { BySelect } from './by-select';
import styles from './preview.module.css';

const SHOWN = 5;

interface DistributionProps {
  purpose: string;
  definition: Record<string, unknown>;
  size: number;
}

export function Distribution({ purpose, definition, size }: DistributionProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const [by, setBy] = useState('unit');
  const query = useQuery({
    ...partsQuery({ purpose, definition, by }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const parts = query.data?.parts ?? [];
  const shown = parts.slice(0, SHOWN).map((part) => ({
    key: part.key ?? '',
    label: inLanguage(part.label, format.language),
    count: part.count,
  }));
  const rest = size - shown.reduce((sum, { count }) => sum + count, 0);
  const rows =
    rest > 0 && parts.length > SHOWN
      ? [...shown, { key: '…', label: t('preview.rest'), count: rest }]
      : shown;
  const longest = Math.max(...rows.map(({ count }) => count), 1);
  return (
    <section className={styles.part} aria-label={t('preview.distribution')} aria-busy={query.isFetching}>
      <div className={styles.head}>
        <h2>{t('preview.distribution')}</h2>
        <BySelect by={by} onChange={setBy} />
      </div>
      <table className={styles.bars}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td className={styles.bar}>
                <span style={{ width: `${(row.count / longest) * 100}%` }} data-rest={row.key === '…'} />
              </td>
              <td>{format.count(row.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {query.data && rows.length === 0 && <p className="k-caption">{t('nobody')}</p>}
    </section>
  );
}
