/** A table inside a card, for what is no long list: plain head and rows, without sort, pages or selection. */
import type { CSSProperties, ReactNode } from 'react';
import styles from './small-table.module.css';

interface SmallTableProps {
  /** In pixels; 40 unless told. */
  rowHeight?: number;
  /** What the table is called to those who hear it. */
  label?: string;
  children: ReactNode;
}

export function SmallTable({ rowHeight, label, children }: SmallTableProps) {
  const style =
    rowHeight === undefined ? {} : { style: { '--row-height': `${rowHeight}px` } as CSSProperties };
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label} {...style}>
        {children}
      </table>
    </div>
  );
}
