/** Puts what a customer did again and again on one day into one entry, so that the timeline tells more than one thing. */
import type { Moment } from '@/api/generated/types.gen';
import { formatDate } from '@/lib/format/dates';

export interface MomentGroup {
  /** The latest of them. */
  moment: Moment;
  times: number;
}

function isAgain(one: Moment, other: Moment): boolean {
  return (
    one.kind === 'behavior' &&
    other.kind === 'behavior' &&
    one.name === other.name &&
    one.source === other.source &&
    formatDate(one.at) === formatDate(other.at)
  );
}

/** Only neighbors are put together; everything else stays as it is, newest first. */
export function grouped(moments: readonly Moment[]): readonly MomentGroup[] {
  const groups: MomentGroup[] = [];
  for (const moment of moments) {
    const last = groups.at(-1);
    if (last && isAgain(last.moment, moment)) last.times += 1;
    else groups.push({ moment, times: 1 });
  }
  return groups;
}
