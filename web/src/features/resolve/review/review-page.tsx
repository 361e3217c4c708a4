/** 待审核: pairs that share a number and yet contradict each other, decided one after the other by keyboard. */
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewOut } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { Page } from '@/components/layout/page';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { DecidedView } from './decided-view';
import { DecisionBar } from './decision-bar';
import { PairTable } from './pair-table';
import { Queue } from './queue';
import styles from './review.module.css';
import { type Desk, useDesk } from './use-desk';
import { WhyPanel } from './why-panel';

interface PairViewProps {
  desk: Desk;
  pair: ReviewOut;
  note: string;
  onNote: (note: string) => void;
  onDecided: () => void;
}

function PairView({ desk, pair, note, onNote, onDecided }: PairViewProps) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  const all = format.count(desk.waiting);
  return (
    <div className={styles.desk}>
      <Queue desk={desk} />
      <div className={styles.middle}>
        <div className={styles.middleHead}>
          <h2>{t('review.question')}</h2>
          <Tag tone="warning">{t('review.place', { at: format.count(desk.at + 1), all })}</Tag>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard */}
        <section key={pair.id} className={styles.middleBody} tabIndex={0} aria-label={t('review.compared')}>
          <PairTable pair={pair} />
        </section>
        <DecisionBar
          desk={desk}
          onDecide={(decision) => {
            desk.decide(decision, note.trim());
            onDecided();
          }}
        />
      </div>
      <WhyPanel pair={pair} note={note} onNote={onNote} />
    </div>
  );
}

function NothingLeft({ desk }: { desk: Desk }) {
  const { t } = useTranslation('resolve');
  return (
    <>
      <div className={styles.empty}>
        <EmptyState
          isPage
          title={t(desk.pending ? 'review.allDone' : 'review.noneTitle')}
          text={t('review.noneText')}
          action={
            <Link to="/resolve/review" search={{ state: 'decided' }}>
              {t('review.decided.toDecided')}
            </Link>
          }
        />
      </div>
      {desk.pending && <DecisionBar desk={desk} onDecide={() => undefined} />}
    </>
  );
}

function OpenView() {
  const { t } = useTranslation('resolve');
  const notify = useNotify();
  const desk = useDesk(notify.failed);
  const [note, setNote] = useState<{ id: string; text: string }>({ id: '', text: '' });
  useShortcut({ keys: 'j', group: 'list', label: t('review.next'), onPress: () => desk.move(1) });
  useShortcut({ keys: 'k', group: 'list', label: t('review.previous'), onPress: () => desk.move(-1) });
  return (
    <Page>
      <QueryView query={desk.query}>
        {() =>
          desk.current ? (
            <PairView
              desk={desk}
              pair={desk.current}
              note={note.id === desk.current.id ? note.text : ''}
              onNote={(text) => desk.current && setNote({ id: desk.current.id, text })}
              onDecided={() => setNote({ id: '', text: '' })}
            />
          ) : (
            <NothingLeft desk={desk} />
          )
        }
      </QueryView>
    </Page>
  );
}

export function ReviewPage() {
  const { state } = useSearch({ from: '/frame/resolve/review' });
  return state === 'decided' ? <DecidedView /> : <OpenView />;
}
