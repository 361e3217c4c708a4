/** Why this pair waits: what contradicts, what they share, and what a merge brings along. */
import { CheckOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReviewOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { useFormat } from '@/lib/format/use-format';
import styles from './review.module.css';
import { useReason } from './words';

interface WhyPanelProps {
  pair: ReviewOut;
  note: string;
  onNote: (note: string) => void;
}

export function WhyPanel({ pair, note, onNote }: WhyPanelProps) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  const reason = useReason()(pair.reason);
  const records = pair.left.record_count + pair.right.record_count;
  return (
    <aside className={styles.why} aria-label={t('review.why')}>
      <section>
        <h3>{t('review.why')}</h3>
        <div className={styles.finding}>{reason.short}</div>
        {reason.long && <p className="k-small k-label">{reason.long}</p>}
        <p className="k-caption">{t('review.since', { at: format.dateTime(pair.opened_at) })}</p>
      </section>
      <section>
        <h3>{t('review.shared')}</h3>
        <ul>
          {pair.evidence.map((label) => (
            <li key={label.en}>
              <CheckOutlined aria-hidden />
              {t('review.sharedField', { field: format.language === 'en' ? label.en : label.zh })}
            </li>
          ))}
          {pair.evidence.length === 0 && <li className="k-label">{t('review.nothingShared')}</li>}
        </ul>
      </section>
      <section>
        <h3>{t('review.brings')}</h3>
        <p className="k-small k-label">{t('review.bringsText', { count: records })}</p>
      </section>
      <section>
        <Field label={t('review.note')} hint={t('review.noteHint')} isOptional>
          {(control) => (
            <Input.TextArea
              {...control}
              value={note}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 5 }}
              onChange={(event) => onNote(event.target.value)}
            />
          )}
        </Field>
      </section>
    </aside>
  );
}
