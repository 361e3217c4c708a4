/** 已处理: pairs that were decided, the latest first: both sides as they are now, and whose word it was. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewOut } from '@/api/generated/types.gen';
import { Page } from '@/components/layout/page';
import { Avatar } from '@/components/marks/avatar';
import { Note } from '@/components/marks/note';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { DecidedPanel } from './decided-panel';
import { PairTable } from './pair-table';
import { decidedQuery } from './queries';
import { QueueHead } from './queue-head';
import styles from './review.module.css';

export const isMerged = (pair: ReviewOut) => pair.left.id === pair.right.id;

interface ListProps {
  pairs: readonly ReviewOut[];
  current: ReviewOut;
  onChoose: (pair: ReviewOut) => void;
  older: { isLoading: boolean; load: () => void } | undefined;
}

function DecidedList({ pairs, current, onChoose, older }: ListProps) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  return (
    <nav className={styles.queue} aria-label={t('review.decided.list')}>
      <QueueHead state="decided" title={t('review.decided.title')} hint={t('review.decided.hint')} />
      <div className={styles.queueList}>
        {pairs.map((pair) => (
          <button
            key={pair.id}
            type="button"
            className={styles.pair}
            aria-current={pair.id === current.id}
            onClick={() => onChoose(pair)}
          >
            <span className={styles.pairNames}>
              <b className="k-ellipsis">{pair.left.name}</b>
              {!isMerged(pair) && (
                <>
                  <span className="k-label">{t('review.and')}</span>
                  <span className="k-ellipsis">{pair.right.name}</span>
                </>
              )}
            </span>
            <span className={styles.pairFoot}>
              <span>{t(pair.state === 'same' ? 'review.decided.same' : 'review.decided.different')}</span>
              <span>{format.near(pair.decided_at)}</span>
            </span>
          </button>
        ))}
        {older && (
          <div className={styles.older}>
            <Button size="small" loading={older.isLoading} onClick={older.load}>
              {t('review.decided.older')}
            </Button>
          </div>
        )}
      </div>
    </nav>
  );
}

/** Who was found to be one is one customer now; there are no two sides to compare. */
function Merged({ pair }: { pair: ReviewOut }) {
  const { t } = useTranslation('resolve');
  const { id, name, record_count: count } = pair.left;
  return (
    <div className="k-stack">
      <div className={styles.merged}>
        <Avatar name={name} hueKey={id} size={34} />
        <div>
          <b>
            <Link to="/customers/$id" params={{ id }}>
              {name}
            </Link>
          </b>
          <div className="k-caption">{t('review.records', { count })}</div>
        </div>
      </div>
      <Note>{t(pair.state === 'same' ? 'review.decided.merged' : 'review.decided.mergedLater')}</Note>
    </div>
  );
}

function DecidedPair({ pair, onReopened }: { pair: ReviewOut; onReopened: () => void }) {
  const { t } = useTranslation('resolve');
  const isSame = pair.state === 'same';
  return (
    <>
      <div className={styles.middle}>
        <div className={styles.middleHead}>
          <h2>{t('review.question')}</h2>
          <Tag tone={isSame ? 'success' : 'neutral'}>
            {t(isSame ? 'review.decided.same' : 'review.decided.different')}
          </Tag>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard */}
        <section key={pair.id} className={styles.middleBody} tabIndex={0} aria-label={t('review.compared')}>
          {isMerged(pair) ? <Merged pair={pair} /> : <PairTable pair={pair} />}
        </section>
      </div>
      <DecidedPanel key={pair.id} pair={pair} onReopened={onReopened} />
    </>
  );
}

export function DecidedView() {
  const { t } = useTranslation('resolve');
  const query = useInfiniteQuery(decidedQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const pairs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const current = pairs.find(({ id }) => id === chosen) ?? pairs[0];
  const move = (step: number) => {
    const next = current && pairs[pairs.indexOf(current) + step];
    if (next) setChosen(next.id);
  };
  useShortcut({ keys: 'j', group: 'list', label: t('review.next'), onPress: () => move(1) });
  useShortcut({ keys: 'k', group: 'list', label: t('review.previous'), onPress: () => move(-1) });
  const older = query.hasNextPage
    ? { isLoading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }
    : undefined;
  return (
    <Page>
      <QueryView query={query}>
        {() =>
          current ? (
            <div className={styles.desk}>
              <DecidedList
                pairs={pairs}
                current={current}
                onChoose={({ id }) => setChosen(id)}
                older={older}
              />
              <DecidedPair pair={current} onReopened={() => setChosen(null)} />
            </div>
          ) : (
            <div className={styles.empty}>
              <EmptyState
                isPage
                title={t('review.decided.noneTitle')}
                text={t('review.decided.noneText')}
                action={
                  <Link to="/resolve/review" search={{}}>
                    {t('review.decided.toOpen')}
                  </Link>
                }
              />
            </div>
          )
        }
      </QueryView>
    </Page>
  );
}
