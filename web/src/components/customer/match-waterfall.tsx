/**
 * Why two records look like one person: each field's weight, added up from the start to the sum.
 * Weights are in bits (log2 of the odds). Bars carry their number, so colour is never the only sign.
 */
export interface MatchWeight {
  field: string;
  /** Bits; positive speaks for one person, negative against. */
  weight: number;
}

interface MatchWaterfallProps {
  /** Odds before any field is looked at, in bits; about −10. */
  prior: number;
  priorLabel: string;
  weights: readonly MatchWeight[];
  totalLabel: string;
  /** From here a steward decides, from there Kehu joins by itself. */
  thresholds: { review: number; merge: number };
  zoneLabels: { review: string; merge: string };
  /** The same in one sentence, for screen readers. */
  description: string;
  width?: number;
}

const ROW = 30;
const LABEL = 64;
const text = { fontSize: 12, fill: 'var(--k-ink)' };
const signed = (n: number) => `${n < 0 ? '−' : '+'}${Math.abs(n).toFixed(1)}`;

interface Step extends MatchWeight {
  from: number;
  to: number;
  color: string;
}

function toSteps({ prior, priorLabel, weights }: MatchWaterfallProps): Step[] {
  let sum = 0;
  return [{ field: priorLabel, weight: prior }, ...weights].map((step, i) => {
    const from = sum;
    sum += step.weight;
    const series = step.weight < 0 ? 'var(--k-series-2)' : 'var(--k-series-1)';
    return { ...step, from, to: sum, color: i === 0 ? 'var(--k-ink-disabled)' : series };
  });
}

function StepRow({ step, index, x }: { step: Step; index: number; x: (bits: number) => number }) {
  const { field, weight, from, to, color } = step;
  const left = Math.min(x(from), x(to));
  const right = Math.max(x(from), x(to));
  const y = 12 + index * ROW;
  const isLeft = weight < 0 && index > 0;
  return (
    <g>
      <text {...text} y={y + 14}>
        {field}
      </text>
      <rect x={left} y={y + 1} width={Math.max(2, right - left)} height={18} rx={3} fill={color} />
      <line
        x1={x(to)}
        x2={x(to)}
        y1={y + 19}
        y2={y + ROW + 1}
        stroke="var(--k-line-strong)"
        strokeDasharray="2 2"
      />
      <text
        {...text}
        x={isLeft ? left - 6 : right + 6}
        y={y + 14}
        textAnchor={isLeft ? 'end' : 'start'}
        fill="var(--k-ink-2)"
      >
        {signed(weight)}
      </text>
    </g>
  );
}

export function MatchWaterfall(props: MatchWaterfallProps) {
  const { totalLabel, thresholds, zoneLabels, description, width = 360 } = props;
  const steps = toSteps(props);
  const sum = steps.at(-1)?.to ?? 0;
  const low = Math.min(0, ...steps.map((s) => s.to)) - 1;
  const high = Math.max(thresholds.merge, ...steps.map((s) => s.to)) + 4;
  const x = (bits: number) => LABEL + ((bits - low) * (width - LABEL)) / (high - low);
  const bottom = 12 + (steps.length + 1) * ROW;
  const zones = [
    { key: 'review', from: thresholds.review, to: thresholds.merge, hue: 'warning', end: false },
    { key: 'merge', from: thresholds.merge, to: high, hue: 'success', end: true },
  ] as const;
  return (
    <svg role="img" aria-label={description} width={width} height={bottom + 24}>
      {zones.map(({ key, from, to, hue, end }) => (
        <g key={key}>
          <rect
            x={x(from)}
            y={4}
            width={x(to) - x(from)}
            height={bottom}
            fill={`var(--k-${hue})`}
            opacity={0.08}
          />
          <text
            {...text}
            x={end ? x(to) : x(to) - 6}
            y={bottom + 20}
            textAnchor="end"
            fill={`var(--k-${hue}-text)`}
          >
            {zoneLabels[key]}
          </text>
        </g>
      ))}
      <line x1={x(0)} x2={x(0)} y1={4} y2={bottom} stroke="var(--k-line-strong)" />
      {steps.map((step, i) => (
        <StepRow key={step.field} step={step} index={i} x={x} />
      ))}
      <text {...text} y={bottom - ROW + 14} fontWeight={600}>
        {totalLabel}
      </text>
      <circle
        cx={x(sum)}
        cy={bottom - ROW + 10}
        r={6}
        fill="var(--k-gold)"
        stroke="var(--k-surface)"
        strokeWidth={2}
      />
      <text {...text} x={x(sum) + 12} y={bottom - ROW + 14} fontWeight={600}>
        {signed(sum)}
      </text>
    </svg>
  );
}
