/** A page outside sign-in: whose it is, the language, and one column to read on a telephone first. */
import { type CSSProperties, type ReactNode, useEffect } from 'react';
import { organizationName } from '@/lib/organization';
import { LanguageSwitch } from './language-switch';
import styles from './outside-page.module.css';

interface OutsidePageProps {
  /** Of the browser's tab. */
  title: string;
  /** The most of its column, in pixels. */
  width?: number;
  children: ReactNode;
}

export function OutsidePage({ title, width = 720, children }: OutsidePageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={styles.page} style={{ '--width': `${width}px` } as CSSProperties}>
      <header className={styles.top}>
        <b className="k-grow">{organizationName()}</b>
        <LanguageSwitch className={styles.languages} />
      </header>
      <main className={styles.main} id="content">
        {children}
      </main>
    </div>
  );
}
