/** How many events came in each of the last thirty minutes. The figures stand in words beside it, for every reader. */
import { useTranslation } from 'react-i18next';
import type { Minute } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import styles from './live.module.css';
import { fillMinutes } from './minutes';

export function MinutesChart({ minutes, now }: { minutes: readonly Minute[]; now: number }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const filled = fillMinutes(minutes, now);
  const most = Math.max(1, ...filled.map(({ count }) => count));
  const sum = filled.reduce((total, { count }) => total + count, 0);
  return (
    <figure>
      <div
        className={styles.minutes}
        role="img"
        aria-label={t('live.chart', { sum: format.count(sum), most: format.count(most) })}
      >
        {filled.map(({ at, count }) => (
          <div
            key={at}
            className={styles.minute}
            data-empty={count === 0}
            title={t('live.minute', { time: format.dateTime(at).slice(11), number: format.count(count) })}
          >
            <span style={{ height: `${(count / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <figcaption className={styles.axis}>
        <span>{t('live.ago')}</span>
        <span>{t('live.most', { number: format.count(sum === 0 ? 0 : most) })}</span>
        <span>{t('live.now')}</span>
      </figcaption>
    </figure>
  );
}
