/** The records of a customer and what they share, drawn; the table below says the same in words. */
import { useTranslation } from 'react-i18next';
import type { Why } from '@/api/generated/types.gen';
import { inLanguage, toLanguage } from '@/lib/language';
import { shownKey } from '../cards/record-key';

import { type PlacedRecord, type PlacedTie, toGraph, WIDTH } from './graph';

const strokes = { shared: 'var(--k-success)', further: 'var(--k-line-strong)', told: 'var(--k-warning)' };

function Tie({ tie }: { tie: PlacedTie }) {
  const { from, to, kind } = tie;
  return (
    <path
      d={`M${from.x} ${from.y}L${to.x} ${to.y}`}
      stroke={strokes[kind]}
      strokeWidth={kind === 'further' ? 1 : 2.5}
      strokeDasharray={kind === 'told' ? '5 4' : undefined}
    />
  );
}

/** Han characters are as wide as they are high, Latin letters about half. */
function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 12 : 6.4), 0);
}

function TieWords({ tie, text }: { tie: PlacedTie; text: string }) {
  const width = widthOf(text) + 16;
  const hue = tie.kind === 'told' ? 'warning' : 'success';
  return (
    <g transform={`translate(${(tie.from.x + tie.to.x) / 2} ${(tie.from.y + tie.to.y) / 2})`}>
      <rect
        x={-width / 2}
        y={-11}
        width={width}
        height={22}
        rx={11}
        fill={`var(--k-${hue}-tint)`}
        stroke="var(--k-raised)"
        strokeWidth={2}
      />
      <text textAnchor="middle" dy={4} fontSize={12} fill={`var(--k-${hue}-text)`}>
        {text}
      </text>
    </g>
  );
}

function shortened(text: string, most: number): string {
  const chars = [...text];
  return chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : text;
}

function RecordNode({ record, isTold }: { record: PlacedRecord; isTold: boolean }) {
  const { link, x, y, isAbove } = record;
  const words = [shortened(link.source.name, 12), shortened(link.name || shownKey(link.key), 12)];
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle
        r={22}
        fill={isTold ? 'var(--k-warning-tint)' : 'var(--k-primary-tint)'}
        stroke="var(--k-raised)"
        strokeWidth={4}
      />
      <text textAnchor="middle" dy={5} fontSize={14} fontWeight={600} fill="var(--k-ink)">
        {[...link.source.name][0]}
      </text>
      <text textAnchor="middle" y={isAbove ? -44 : 39} fontSize={12} fill="var(--k-ink)">
        {words[0]}
      </text>
      <text textAnchor="middle" y={isAbove ? -28 : 55} fontSize={12} fill="var(--k-ink-3)">
        {words[1]}
      </text>
    </g>
  );
}

export function WhyGraph({ why }: { why: Why }) {
  const { t, i18n } = useTranslation(['customers', 'common']);
  const language = toLanguage(i18n.language);
  const { records, ties, height, left } = toGraph(why);
  const told = new Set(ties.filter((tie) => tie.kind === 'told').map((tie) => tie.to.link.record_id));
  const wordsOf = (tie: PlacedTie) => {
    if (tie.kind === 'told') return t('why.told');
    const labels = tie.shared.map((label) => inLanguage(label, language));
    const shown = labels.slice(0, records.length > 3 ? 1 : 2).join(t('reasons.and'));
    return t('reasons.shared', { fields: shown });
  };
  return (
    <>
      <svg
        role="img"
        aria-label={t('why.drawing', { count: records.length })}
        width="100%"
        viewBox={`0 0 ${WIDTH} ${height}`}
        style={{ display: 'block', marginTop: 6 }}
      >
        <g fill="none">
          {ties.map((tie) => (
            <Tie key={`${tie.from.link.record_id}${tie.to.link.record_id}`} tie={tie} />
          ))}
        </g>
        {ties
          .filter((tie) => tie.kind !== 'further')
          .map((tie) => (
            <TieWords
              key={`${tie.from.link.record_id}${tie.to.link.record_id}`}
              tie={tie}
              text={wordsOf(tie)}
            />
          ))}
        {records.map((record) => (
          <RecordNode key={record.link.record_id} record={record} isTold={told.has(record.link.record_id)} />
        ))}
      </svg>
      {left > 0 && <div className="k-caption">{t('why.left', { count: left })}</div>}
    </>
  );
}
