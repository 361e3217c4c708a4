/** Under 200 ms nothing, then a skeleton of the page's size, after 2 s a word. */
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './states.module.css';

/** True once `ms` have passed since the component came. */
export function useElapsed(ms: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return elapsed;
}

interface BlockProps {
  width: number | string;
  height?: number;
  isRound?: boolean;
}

/** A grey shape in the place of what is to come. */
export function SkeletonBlock({ width, height = 12, isRound = false }: BlockProps) {
  return <span className={styles.block} style={{ width, height, borderRadius: isRound ? '50%' : 4 }} />;
}

const WIDTHS = [
  [70, 120, 60],
  [56, 104, 72],
  [64, 130, 54],
  [60, 112, 66],
  [72, 96, 58],
] as const;

/** Rows of a list, in the height that the list will have. */
export function SkeletonRows({ count = 8, height = 40 }: { count?: number; height?: number }) {
  const rows = Array.from({ length: count }, (_, i) => ({
    key: `row-${i}`,
    widths: WIDTHS[i % WIDTHS.length],
  }));
  return rows.map(({ key, widths }) => (
    <div key={key} className={styles.skeletonRow} style={{ height }}>
      <SkeletonBlock width={24} height={24} isRound />
      <SkeletonBlock width={widths?.[0] ?? 64} />
      <SkeletonBlock width={widths?.[1] ?? 110} />
      <span className="k-grow" />
      <SkeletonBlock width={widths?.[2] ?? 60} />
      <SkeletonBlock width={40} />
    </div>
  ));
}

export function LoadingState({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const isShown = useElapsed(200);
  const isLong = useElapsed(2000);
  return (
    <div className={styles.loading} role="status" aria-busy="true" aria-label={t('loading')}>
      {isShown && (children ?? <SkeletonRows />)}
      {isLong && <div className={styles.patience}>{t('loadingLong')}</div>}
    </div>
  );
}
