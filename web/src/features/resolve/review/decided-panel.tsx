/** What was decided, by whom, when and why; what was kept apart can be reviewed again, for nothing was changed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { reopenReview } from '@/api/generated/sdk.gen';
import type { ReviewOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { useFormat } from '@/lib/format/use-format';
import styles from './review.module.css';
import { useReason } from './words';

function useReopen(pair: ReviewOut, onReopened: () => void) {
  const { t } = useTranslation('resolve');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: () => reopenReview({ path: { review_id: pair.id }, throwOnError: true }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['reviews'] });
      notify.done(t('review.decided.reopened'));
      onReopened();
    },
  });
}

export function DecidedPanel({ pair, onReopened }: { pair: ReviewOut; onReopened: () => void }) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  const reason = useReason()(pair.reason);
  const reopen = useReopen(pair, onReopened);
  const isSame = pair.state === 'same';
  const canReopen = !isSame && pair.left.id !== pair.right.id;
  return (
    <aside className={styles.why} aria-label={t('review.decided.verdict')}>
      <section>
        <h3>{t('review.decided.verdict')}</h3>
        <div className={styles.finding}>{t(isSame ? 'review.decided.same' : 'review.decided.different')}</div>
        <p className="k-caption">
          {t('review.decided.by', {
            name: pair.decided_by?.name || t('review.decided.nobody'),
            at: format.legalTime(pair.decided_at),
          })}
        </p>
      </section>
      <section>
        <h3>{t('review.decided.note')}</h3>
        <p className={`k-small ${pair.note ? styles.note : 'k-label'}`}>
          {pair.note || t('review.decided.noNote')}
        </p>
      </section>
      <section>
        <h3>{t('review.decided.why')}</h3>
        <p className="k-small">{reason.short}</p>
        {reason.long && <p className="k-small k-label">{reason.long}</p>}
        <p className="k-caption">{t('review.since', { at: format.dateTime(pair.opened_at) })}</p>
      </section>
      {canReopen && (
        <section className="k-stack">
          <div>
            <Button loading={reopen.isPending} onClick={() => reopen.mutate()}>
              {t('review.decided.again')}
            </Button>
            <p className="k-caption">{t('review.decided.againHint')}</p>
          </div>
          <ProblemNote problem={reopen.error} />
        </section>
      )}
    </aside>
  );
}
