/** A word that can be filtered by, or the state of a thing. Never decoration. */
import type { ReactNode } from 'react';
import styles from './marks.module.css';
import type { Tone } from './tone';

interface TagProps {
  tone?: Tone;
  icon?: ReactNode;
  title?: string;
  children: ReactNode;
}

export function Tag({ tone = 'neutral', icon, title, children }: TagProps) {
  return (
    <span className={styles.tag} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  );
}

/** How many are waiting; stands at the end of a row of the rail. */
export function CountBadge({ children }: { children: ReactNode }) {
  return <span className={styles.count}>{children}</span>;
}
