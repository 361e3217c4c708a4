/** Figures in a row in one card, each with its unit and its basis. A figure with `onOpen` shows who they are. */
import type { ReactNode } from 'react';
import styles from './layout.module.css';

export interface Figure {
  key: string;
  label: string;
  value: ReactNode;
  unit?: string;
  /** Change, time or n: what the number rests on. */
  basis?: ReactNode;
  isNoteworthy?: boolean;
  spark?: ReactNode;
  onOpen?: () => void;
}

function FigureBody({ label, value, unit, basis, isNoteworthy, spark }: Figure) {
  return (
    <>
      <span className="k-label k-small">{label}</span>
      <span className={styles.figureRow}>
        <span className={styles.figureValue}>
          {value}
          {unit && <span className={styles.figureUnit}>{unit}</span>}
        </span>
        <span className="k-grow" />
        {spark}
      </span>
      {basis && <span className={`k-caption ${isNoteworthy ? 'k-warning' : ''}`}>{basis}</span>}
    </>
  );
}

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <section className={`${styles.card} ${styles.figures}`}>
      {figures.map((figure) =>
        figure.onOpen ? (
          <button
            key={figure.key}
            type="button"
            className={`k-plain-button ${styles.figure}`}
            style={{ padding: '14px 18px' }}
            onClick={figure.onOpen}
          >
            <FigureBody {...figure} />
          </button>
        ) : (
          <div key={figure.key} className={styles.figure}>
            <FigureBody {...figure} />
          </div>
        ),
      )}
    </section>
  );
}
