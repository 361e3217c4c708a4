/** One pair field by field: what differs first, then what is the same, then what only one side has. Pure. */
import type { ReviewOut, ShownOut } from '@/api/generated/types.gen';

export type Verdict = 'different' | 'swapped' | 'one' | 'same';

export interface ComparedField {
  key: string;
  verdict: Verdict;
  left: ShownOut | undefined;
  right: ShownOut | undefined;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether day and month have changed places, which is mostly a slip of the keyboard. */
export function isSwapped(one: string, other: string): boolean {
  const [a, b] = [DATE.exec(one), DATE.exec(other)];
  return a !== null && b !== null && a[1] === b[1] && a[2] === b[3] && a[3] === b[2] && a[2] !== a[3];
}

function verdictOf(key: string, pair: Pick<ReviewOut, 'left' | 'right' | 'differing'>): Verdict {
  const [left, right] = [pair.left.fields[key], pair.right.fields[key]];
  if (!left || !right) return 'one';
  if (!pair.differing.includes(key)) return 'same';
  return !left.is_masked && !right.is_masked && isSwapped(left.display, right.display)
    ? 'swapped'
    : 'different';
}

const RANK: Record<Verdict, number> = { different: 0, swapped: 0, same: 1, one: 2 };

/** `order` is that of the registry; fields that it does not know come last. */
export function compare(pair: ReviewOut, order: readonly string[]): ComparedField[] {
  const keys = [...new Set([...Object.keys(pair.left.fields), ...Object.keys(pair.right.fields)])];
  const place = new Map(order.map((key, i) => [key, i]));
  const at = (key: string) => place.get(key) ?? order.length;
  return keys
    .map((key) => ({
      key,
      verdict: verdictOf(key, pair),
      left: pair.left.fields[key],
      right: pair.right.fields[key],
    }))
    .sort((a, b) => RANK[a.verdict] - RANK[b.verdict] || at(a.key) - at(b.key));
}

/** The characters of a text that stand apart from another one, from and to; undefined where all of it does. */
export function apart(text: string, other: string): readonly [number, number] | undefined {
  const [own, foreign] = [[...text], [...other]];
  const most = Math.min(own.length, foreign.length);
  let head = 0;
  while (head < most && own[head] === foreign[head]) head += 1;
  let tail = 0;
  while (tail < most - head && own.at(-1 - tail) === foreign.at(-1 - tail)) tail += 1;
  return head + tail === 0 ? undefined : [head, own.length - tail];
}
