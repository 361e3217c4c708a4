/** How the values of a draft are spread over the customers whom a purpose may take: bars, quartiles, how many have none. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Spread, SpreadBar } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { previewQuery, purposesQuery } from './queries';
import styles from './traits.module.css';

function Bars({ bars }: { bars: readonly SpreadBar[] }) {
  const { t } = useTranslation('traits');
  const format = useFormat();
  const most = Math.max(...bars.map(({ count }) => count), 1);
  const labelOf = ({ low, high, text }: SpreadBar) => {
    if (low !== null && high !== null) return t('bar', { low: format.count(low), high: format.count(high) });
    if (low !== null) return t('barLast', { low: format.count(low) });
    return high === null ? text : t('barFirst', { high: format.count(high) });
  };
  return (
    <ul className={styles.bars}>
      {bars.map((bar) => {
        const label = labelOf(bar);
        return (
          <li key={label}>
            <span className="k-caption" title={label}>
              {label}
            </span>
            <span className={styles.track} aria-hidden>
              <span style={{ width: `${(100 * bar.count) / most}%` }} />
            </span>
            <span className={styles.count}>{format.count(bar.count)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Spreading({ found, isOld }: { found: Spread; isOld: boolean }) {
  const { t } = useTranslation('traits');
  const format = useFormat();
  const { first, middle, third, high } = found.marks;
  const number = (value: number | undefined) => format.count(Math.round((value ?? 0) * 100) / 100);
  return (
    <div className="k-stack" aria-busy={isOld} data-old={isOld}>
      <p className={styles.holders} role="status">
        <b>{format.count(found.holders)}</b> {t('holdersOf')}
        <span className="k-caption">
          {t(found.is_zero_without ? 'withoutZero' : 'without', { number: format.count(found.without) })}
        </span>
      </p>
      {found.bars.length > 0 && <Bars bars={found.bars} />}
      {found.mean !== null && (
        <p className="k-caption">
          {t('marks', {
            first: number(first),
            middle: number(middle),
            third: number(third),
            high: number(high),
          })}
          <br />
          {t('mean', { mean: number(found.mean) })}
        </p>
      )}
      <p className="k-caption">{t('asOf', { time: format.dateTime(found.as_of) })}</p>
    </div>
  );
}

export function PreviewCard({ definition }: { definition: Record<string, unknown> | undefined }) {
  const { t } = useTranslation('traits');
  const { language } = useFormat();
  const [purpose, setPurpose] = useState<string>();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const query = useQuery({ ...previewQuery(purpose, definition), placeholderData: keepPreviousData });
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      <div className={styles.previewHead}>
        <h2>{t('preview')}</h2>
        <Select
          aria-label={t('purpose')}
          placeholder={t('choosePurpose')}
          style={{ width: 200 }}
          value={purpose ?? null}
          options={purposes
            .filter((one) => one.is_active)
            .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
          onChange={setPurpose}
        />
      </div>
      {purpose === undefined ? (
        <Note tone="primary">{t('noPurpose')}</Note>
      ) : definition === undefined ? (
        <Note>{t('noDraft')}</Note>
      ) : query.error ? (
        <ProblemNote problem={query.error} />
      ) : (
        query.data && <Spreading found={query.data} isOld={query.isFetching} />
      )}
    </section>
  );
}
