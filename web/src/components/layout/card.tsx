/** A group of one thing: a line around it and no shadow, never a card in a card. */
import type { CSSProperties, ReactNode } from 'react';
import styles from './layout.module.css';

interface CardProps {
  /** The finding, where there is one; else what it is. */
  title?: ReactNode;
  icon?: ReactNode;
  extra?: ReactNode;
  foot?: ReactNode;
  /** Off for tables and lists that reach the edge. */
  isPadded?: boolean;
  style?: CSSProperties;
  children: ReactNode;
}

export function Card({ title, icon, extra, foot, isPadded = true, style, children }: CardProps) {
  return (
    <section className={styles.card} style={style}>
      {title && (
        <div className={styles.cardHead}>
          {icon}
          <h2>{title}</h2>
          {extra && <div className={styles.cardExtra}>{extra}</div>}
        </div>
      )}
      {isPadded ? <div className={styles.cardBody}>{children}</div> : children}
      {foot && <div className={styles.cardFoot}>{foot}</div>}
    </section>
  );
}
