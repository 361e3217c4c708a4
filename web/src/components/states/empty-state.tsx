/** Nothing here yet: says what it is, and teaches the first step. A filter without hits gives `examples` that loosen it. */
import type { ReactNode } from 'react';
import styles from './states.module.css';

interface EmptyStateProps {
  title: ReactNode;
  /** What it is, in one or two sentences; a line break stays one. */
  text?: ReactNode;
  /** One action. */
  action?: ReactNode;
  /** Two to four chips to start from. */
  examples?: ReactNode;
  /** The title is the page's heading: where the state is the whole page. */
  isPage?: boolean;
}

function Drawing() {
  return (
    <svg width="132" height="88" viewBox="0 0 132 88" aria-hidden>
      <g fill="none" stroke="var(--k-line-strong)" strokeWidth="2">
        <circle cx="50" cy="44" r="34" />
        <circle cx="82" cy="44" r="34" strokeDasharray="4 5" />
      </g>
      <path
        d="M66 14a34 34 0 0 1 0 60 34 34 0 0 1 0-60"
        fill="var(--k-primary-tint)"
        stroke="var(--k-primary)"
        strokeWidth="2"
      />
      <circle cx="66" cy="44" r="5" fill="#F2B93B" />
    </svg>
  );
}

export function EmptyState({ title, text, action, examples, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'div';
  return (
    <div className={styles.center}>
      <Drawing />
      <Title className={styles.title}>{title}</Title>
      {text && <div className={styles.text}>{text}</div>}
      {action && <div className={styles.actions}>{action}</div>}
      {examples && <div className={styles.examples}>{examples}</div>}
    </div>
  );
}
