/** The key of a record as a person reads it: without the sign of its kind, and not longer than a line bears. */
const LONGEST = 20;

export function shownKey(key: string): string {
  const own = key.replace(/^[au]:/, '');
  return own.length > LONGEST ? `${own.slice(0, 8)}…` : own;
}
