/** What a figure reads like: by what it measures, with its change, and whether a person should look. */
import type { CardAnswer, CardPointOut } from '@/api/generated/types.gen';
import type { Format } from '@/lib/format/use-format';

const risesBadly = new Set(['complaints']);
const fallsBadly = new Set(['satisfaction', 'nps', 'customers_new', 'active_customers']);

export function written(
  value: number | null | undefined,
  measure: string | undefined,
  format: Format,
): string {
  if (value == null) return '—';
  if (measure === 'mean') return value.toFixed(2);
  if (measure === 'score') return value.toFixed(0);
  return measure === 'money' ? format.amount(String(value)) : format.countShort(value);
}

/** Half of the 95% interval. */
export function margin(point: CardPointOut | undefined): number | undefined {
  return point?.low == null || point.high == null ? undefined : (point.high - point.low) / 2;
}

/** A difference inside the intervals is no difference. */
export function isSame(now: CardPointOut, then: CardPointOut): boolean {
  if (now.low == null || now.high == null || then.low == null || then.high == null)
    return now.value === then.value;
  return now.low <= then.high && then.low <= now.high;
}

export function change(
  now: CardPointOut,
  then: CardPointOut,
  measure: string | undefined,
  format: Format,
): string {
  const difference = (now.value ?? 0) - (then.value ?? 0);
  if (measure === 'mean' || measure === 'score') {
    return `${difference < 0 ? '▼' : '▲'} ${Math.abs(difference).toFixed(measure === 'mean' ? 2 : 0)}`;
  }
  return then.value ? format.change(difference / Math.abs(then.value)) : '';
}

export function needsLook(card: string, now: CardPointOut, then: CardPointOut): boolean {
  const difference = (now.value ?? 0) - (then.value ?? 0);
  return (risesBadly.has(card) && difference > 0) || (fallsBadly.has(card) && difference < 0);
}

/** 08-31 of a step of days; 2026-08 of one of months. */
export function stepName(day: string, span: string): string {
  return span === '12m' ? day.slice(0, 7) : day.slice(5);
}

export const isEmpty = (answer: CardAnswer): boolean => answer.points.length === 0;
