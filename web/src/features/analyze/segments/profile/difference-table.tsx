/** Characteristics one under another: both sides, the size of the difference with its interval, and who lacks the value. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { DifferenceOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { type Format, useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { EffectMark } from './effect-mark';
import styles from './profile.module.css';

const EXACT_FROM = 100;
const MOST_VALUES = 4;

/** A mean as it is read: whole from a hundred on. */
export function written(value: number, format: Format): string {
  return Math.abs(value) >= EXACT_FROM ? format.count(Math.round(value)) : value.toFixed(2);
}

function useFigure() {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  return (row: DifferenceOut, value: number): string => {
    if (row.measure === 'share') return format.share(value);
    if (row.measure === 'days') return t('profile.daysAgo', { days: format.count(Math.round(value)) });
    return `${written(value, format)}${row.unit ? ` ${row.unit}` : ''}`;
  };
}

function Missing({ row }: { row: DifferenceOut }) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  if (!row.missing) return <>{t('profile.hiddenMissing')}</>;
  const { ours, rest } = row.missing;
  if (ours === 0 && rest === 0) return <>—</>;
  return <>{`${format.share(ours)} / ${format.share(rest)}`}</>;
}

function Values({ row, most }: { row: DifferenceOut; most: number }) {
  const format = useFormat();
  return row.values.slice(0, MOST_VALUES).map((value) => (
    <tr key={value.key ?? ''} className={styles.value}>
      <td>{inLanguage(value.label, format.language)}</td>
      <td className={styles.figure}>{format.share(value.shares.ours)}</td>
      <td className={styles.figure}>{format.share(value.shares.rest)}</td>
      <td>
        <EffectMark effect={value.effect} most={most} isSure={row.is_sure} name="h" />
      </td>
      <td />
    </tr>
  ));
}

export function DifferenceTable({ rows }: { rows: readonly DifferenceOut[] }) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const figure = useFigure();
  const most = Math.max(
    1,
    ...rows.flatMap((row) => [row, ...row.values]).map(({ effect }) => Math.abs(effect.value)),
  );
  return (
    <SmallTable label={t('profile.table')}>
      <thead>
        <tr>
          <th>{t('profile.characteristic')}</th>
          <th className={styles.figure}>{t('profile.ours')}</th>
          <th className={styles.figure}>{t('profile.rest')}</th>
          <th>{t('profile.effect')}</th>
          <th>{t('profile.missing')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={`${row.of}:${row.key}`}>
            <tr>
              <td>
                {inLanguage(row.label, format.language)}{' '}
                <span className="k-caption">
                  {row.of === 'event' ? t('profile.habit') : row.of === 'trait' ? t('profile.trait') : ''}
                </span>
              </td>
              <td className={styles.figure}>{row.figures ? figure(row, row.figures.ours) : ''}</td>
              <td className={styles.figure}>{row.figures ? figure(row, row.figures.rest) : ''}</td>
              <td>
                {row.measure === 'values' ? (
                  <span className="k-caption">
                    {t('profile.cramer', { value: (row.cramers_v ?? 0).toFixed(2) })}
                    {row.is_sure ? '' : ` · ${t('profile.notSure')}`}
                  </span>
                ) : (
                  <EffectMark
                    effect={row.effect}
                    most={most}
                    isSure={row.is_sure}
                    name={row.measure === 'share' ? 'h' : 'd'}
                  />
                )}
              </td>
              <td>
                <Missing row={row} />
              </td>
            </tr>
            {row.measure === 'values' && <Values row={row} most={most} />}
          </Fragment>
        ))}
        {rows.length === 0 && (
          <tr>
            <td colSpan={5}>{t('profile.nothingText')}</td>
          </tr>
        )}
      </tbody>
    </SmallTable>
  );
}
