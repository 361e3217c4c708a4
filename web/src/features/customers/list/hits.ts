/** What a search hit, as the server tells it: where to mark name and pinyin, and whose tail or whole number it is. */
import type { CustomerRow, HitOut } from '@/api/generated/types.gen';
import type { HitRange } from '@/components/marks/highlight';

const TAIL = 4;

/** The marks of all words together, those that touch as one. */
export function marksOf(row: CustomerRow, line: 'name' | 'pinyin'): readonly HitRange[] {
  const marks: [number, number][] = [];
  const all = (row.hits ?? []).flatMap((hit) => hit[line]);
  for (const [from, to] of all.sort((a, b) => a[0] - b[0])) {
    const last = marks.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else marks.push([from, to]);
  }
  return marks;
}

/** The shown end of a masked number: four characters of a tail that stands there, all of a whole number. */
export function numberMarks(row: CustomerRow, field: string, shown: string): readonly HitRange[] {
  const size = [...shown].length;
  const hits = (row.hits ?? []).filter((hit) => hit.field === field);
  if (hits.some((hit) => hit.reason === 'number')) return [[0, size]];
  const isShown = /[0-9]{3}[0-9X]$/.test(shown);
  return hits.some((hit) => hit.reason === 'tail') && isShown ? [[size - TAIL, size]] : [];
}

/** Each reason once, in the order of the words. */
export function reasonsOf(row: CustomerRow): readonly HitOut[] {
  const seen = new Map((row.hits ?? []).map((hit) => [`${hit.reason} ${hit.field}`, hit]));
  return [...seen.values()];
}
