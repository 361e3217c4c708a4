/** How much is done, between 0 and 1. The words beside it belong to the caller. */
import styles from './marks.module.css';
import type { Tone } from './tone';

interface ProgressBarProps {
  share: number;
  /** What is under way, for screen readers. */
  label: string;
  tone?: Exclude<Tone, 'neutral' | 'gold'>;
  height?: number;
}

export function ProgressBar({ share, label, tone = 'primary', height = 6 }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className={styles.track}
      data-tone={tone}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      style={{ height }}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}
