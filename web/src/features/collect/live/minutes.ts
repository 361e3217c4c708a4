/** The counts of the last half hour with no gap: a minute without an event is a minute too. */
import type { Minute } from '@/api/generated/types.gen';

const MINUTE = 60_000;
export const SHOWN = 30;

/** `at` is the beginning of a minute, in milliseconds; the last one is the minute of `now`. */
export function fillMinutes(minutes: readonly Minute[], now: number): { at: number; count: number }[] {
  const counts = new Map(minutes.map(({ at, count }) => [Math.floor(Date.parse(at) / MINUTE), count]));
  const last = Math.floor(now / MINUTE);
  return Array.from({ length: SHOWN }, (_, i) => {
    const minute = last - SHOWN + 1 + i;
    return { at: minute * MINUTE, count: counts.get(minute) ?? 0 };
  });
}
