/** The pairs that wait, the newest first; those put off stand at the end. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { QueueHead } from './queue-head';
import styles from './review.module.css';
import type { Desk } from './use-desk';
import { useReason } from './words';

export function Queue({ desk }: { desk: Desk }) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  const reasonOf = useReason();
  const { queue, at, waiting } = desk;
  return (
    <nav className={styles.queue} aria-label={t('review.queue')}>
      <QueueHead
        state="open"
        title={t('review.title', { number: format.count(waiting) })}
        hint={t('review.queueHint')}
      />
      <div className={styles.queueList}>
        {queue.map((pair, i) => (
          <button
            key={pair.id}
            type="button"
            className={styles.pair}
            aria-current={i === at}
            onClick={() => desk.choose(pair.id)}
          >
            <span className={styles.pairNames}>
              <b className="k-ellipsis">{pair.left.name}</b>
              <span className="k-label">{t('review.and')}</span>
              <span className="k-ellipsis">{pair.right.name}</span>
            </span>
            <span className={styles.pairFoot}>
              <span>{reasonOf(pair.reason).short}</span>
              {i === at && <span>{t('review.now')}</span>}
            </span>
          </button>
        ))}
      </div>
    </nav>
  );
}
