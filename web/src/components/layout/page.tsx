/**
 * The ground of a page below the bar. Only the body scrolls; header and foot stay.
 * A list puts its grid into `Page` directly, without `PageBody`, because the grid scrolls by itself.
 */
import type { ReactNode } from 'react';
import styles from './layout.module.css';

export function Page({ children }: { children: ReactNode }) {
  return <div className={styles.page}>{children}</div>;
}

/** Padding 20 × 24, and 16 between the cards. */
export function PageBody({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard, also where it holds no control
    <div className={styles.body} tabIndex={0}>
      <div className={styles.stacked}>{children}</div>
    </div>
  );
}

interface PageHeaderProps {
  title: ReactNode;
  /** One sentence that says what it means. */
  subtitle?: ReactNode;
  /** Tags beside the title. */
  tags?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** `bar`: white strip with a line; `list`: strip above views; `none`: on the ground of the page. */
  frame?: 'bar' | 'list' | 'none';
}

export function PageHeader({ title, subtitle, tags, actions, frame = 'bar' }: PageHeaderProps) {
  return (
    <header className={styles.header} data-frame={frame}>
      <div>
        <div className={styles.title}>
          <h1>{title}</h1>
          {tags}
        </div>
        {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** 60 px at the bottom: the way back at the left, a hint, and the main action last at the right. */
export function FootBar({
  back,
  hint,
  children,
}: {
  back?: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <footer className={styles.foot}>
      {back}
      <span className={styles.footHint}>{hint}</span>
      {children}
    </footer>
  );
}
