/** The short name of a source, at the end of a field or a row. */
import type { ReactNode } from 'react';
import styles from './marks.module.css';

export function SourceTag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={styles.source} title={title}>
      {children}
    </span>
  );
}
