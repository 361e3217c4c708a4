/** The course of a figure in the size of a word; the figure itself stands beside it. */
import styles from './marks.module.css';

interface SparklineProps {
  values: readonly number[];
  /** The course in words, for screen readers. */
  label: string;
  tone?: 'primary' | 'warning' | 'error' | 'neutral';
  width?: number;
  height?: number;
  isFilled?: boolean;
}

export function Sparkline(props: SparklineProps) {
  const { values, label, tone = 'primary', width = 88, height = 26, isFilled = true } = props;
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const spread = Math.max(...values) - low || 1;
  const points = values.map((value, i) => ({
    x: 2 + (i * (width - 5)) / (values.length - 1),
    y: height - 3 - ((value - low) / spread) * (height - 6),
  }));
  const path = points.map(({ x, y }, i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  const last = points.at(-1);
  return (
    <svg
      className={styles.spark}
      data-tone={tone}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      {isFilled && (
        <path d={`${path}L${width - 3} ${height}L2 ${height}Z`} fill="currentColor" opacity=".09" />
      )}
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      {last && <circle cx={last.x} cy={last.y} r="2.4" fill="currentColor" />}
    </svg>
  );
}
