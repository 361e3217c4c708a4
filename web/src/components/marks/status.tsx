/** A dot and a word: the colour never stands alone. */
import type { ReactNode } from 'react';
import styles from './marks.module.css';
import type { Tone } from './tone';

export function Dot({ tone = 'neutral' }: { tone?: Tone }) {
  return <span className={styles.dot} data-tone={tone} aria-hidden />;
}

export function Status({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.status}>
      <Dot tone={tone} />
      {children}
    </span>
  );
}
