/** Days as whole numbers for the slider, and the steps from change to change. Days are text, so that no zone shifts them. */
const DAY = 86_400_000;

export const toNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;
export const toDay = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

/** The day of change before a day; undefined at the first one. `changes` are in order. */
export function changeBefore(changes: readonly string[], day: string): string | undefined {
  return changes.findLast((change) => change < day);
}

/** The day of change after a day, at last today; undefined on today. */
export function changeAfter(changes: readonly string[], day: string, today: string): string | undefined {
  return changes.find((change) => change > day && change < today) ?? (day < today ? today : undefined);
}

/** The day of change whose state a day shows. */
export function stateSince(changes: readonly string[], day: string): string | undefined {
  return changes.findLast((change) => change <= day);
}
