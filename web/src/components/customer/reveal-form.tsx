/** Asks why, says that it is recorded, and how many views are left today. A refusal is shown here, with its sentence. */
import { EyeOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery, useMe } from '@/lib/session/me';
import { ProblemNote } from '../dialogs/problem-note';
import { ChoiceList } from '../form/choice-list';
import styles from './customer.module.css';

export const revealReasons = ['service', 'verify', 'complaint', 'other'] as const;
export type RevealReason = (typeof revealReasons)[number];

export interface RevealAnswer {
  reason: RevealReason;
  /** What the person wrote, for `other`. */
  note: string;
}

interface RevealFormProps {
  label: string;
  isMinor: boolean;
  onAsk: (answer: RevealAnswer) => Promise<void>;
  onCancel: () => void;
}

export function RevealForm({ label, isMinor, onAsk, onCancel }: RevealFormProps) {
  const { t } = useTranslation();
  const { used, limit } = useMe().reveals;
  const client = useQueryClient();
  const [reason, setReason] = useState<RevealReason>('service');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const hasViews = used < limit;
  const ask = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onAsk({ reason, note: note.trim() });
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
    } catch (caught) {
      setProblem(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.reveal}
      aria-label={t('reveal.title', { label })}
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <div className="k-row">
        <EyeOutlined aria-hidden />
        <b>{t('reveal.title', { label })}</b>
      </div>
      <div className="k-caption" style={{ margin: '2px 0 12px' }}>
        {t('reveal.recorded', { seconds: 60 })}
      </div>
      <ChoiceList
        size="small"
        label={t('reveal.why')}
        value={reason}
        onChange={setReason}
        choices={revealReasons.map((value) => ({ value, label: t(`reveal.reasons.${value}`) }))}
      />
      {reason === 'other' && (
        <Input
          style={{ marginTop: 8 }}
          value={note}
          maxLength={200}
          aria-label={t('reveal.note')}
          placeholder={t('reveal.note')}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      {problem !== null && (
        <div style={{ marginTop: 8 }}>
          <ProblemNote problem={problem} />
        </div>
      )}
      <div className={styles.revealFoot}>
        <span className="k-caption k-grow">
          {hasViews ? t('reveal.used', { used, limit }) : t('reveal.none', { limit })}
        </span>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          loading={isBusy}
          disabled={!hasViews || (reason === 'other' && note.trim() === '')}
        >
          {isMinor ? t('reveal.request') : t('reveal.show')}
        </Button>
      </div>
    </form>
  );
}
