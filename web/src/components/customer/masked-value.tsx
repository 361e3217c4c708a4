/**
 * A value that the server masked, and the eye that asks for it. The clear value is held here alone, for 60 seconds,
 * can be copied once, and is gone when the component or the page goes.
 */
import { CopyOutlined, EyeOutlined } from '@ant-design/icons';
import { Popover, Tooltip } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './customer.module.css';
import { type RevealAnswer, RevealForm } from './reveal-form';

export const REVEAL_SECONDS = 60;

interface MaskedValueProps {
  /** 手机号码: what will be shown. */
  label: string;
  /** As the server masked it. */
  masked: ReactNode;
  /** Absent: no right, no eye. `deniedHint` then says who can. */
  onReveal?: ((answer: RevealAnswer) => Promise<string>) | undefined;
  deniedHint?: string;
  /** A minor's value is asked for, and not shown at once. */
  isMinor?: boolean;
}

function Ring({ left }: { left: number }) {
  const round = 2 * Math.PI * 6;
  return (
    <svg className={styles.ring} width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--k-line)" strokeWidth="2" />
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        stroke="var(--k-gold)"
        strokeWidth="2"
        strokeDasharray={`${(round * left) / REVEAL_SECONDS} ${round}`}
      />
    </svg>
  );
}

function ClearValue({ value, onEnd }: { value: string; onEnd: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(REVEAL_SECONDS);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    const endsAt = performance.now() + REVEAL_SECONDS * 1000;
    const tick = () => {
      const rest = Math.ceil((endsAt - performance.now()) / 1000);
      setLeft(rest);
      if (rest <= 0) onEnd();
    };
    const timer = setInterval(tick, 1000);
    window.addEventListener('pagehide', onEnd);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', onEnd);
    };
  }, [onEnd]);
  const copy = () => {
    setCopied(true);
    void navigator.clipboard.writeText(value);
  };
  return (
    <span className={styles.clear}>
      {value}
      <Tooltip title={t('reveal.left', { seconds: left })}>
        <span
          role="timer"
          aria-label={t('reveal.left', { seconds: left })}
          style={{ display: 'inline-flex' }}
        >
          <Ring left={left} />
        </span>
      </Tooltip>
      {!isCopied && (
        <button type="button" className={styles.eye} aria-label={t('reveal.copyOnce')} onClick={copy}>
          <CopyOutlined aria-hidden />
        </button>
      )}
    </span>
  );
}

export function MaskedValue({ label, masked, onReveal, deniedHint, isMinor = false }: MaskedValueProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [clear, setClear] = useState<string | null>(null);
  const [end] = useState(() => () => setClear(null));
  if (clear !== null) return <ClearValue value={clear} onEnd={end} />;
  if (!onReveal) {
    return deniedHint ? (
      <Tooltip title={deniedHint}>
        <span>{masked}</span>
      </Tooltip>
    ) : (
      masked
    );
  }
  const ask = async (answer: RevealAnswer) => {
    setClear(await onReveal(answer));
    setAsking(false);
  };
  return (
    <span className={styles.masked}>
      <span className="k-ellipsis">{masked}</span>
      <Popover
        content={<RevealForm label={label} isMinor={isMinor} onAsk={ask} onCancel={() => setAsking(false)} />}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        open={isAsking}
        onOpenChange={setAsking}
        destroyOnHidden
      >
        <button
          type="button"
          className={styles.eye}
          aria-label={t('reveal.title', { label })}
          aria-expanded={isAsking}
        >
          <EyeOutlined aria-hidden />
        </button>
      </Popover>
    </span>
  );
}
