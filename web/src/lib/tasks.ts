/** What is late: a day before today in the reader's zone, and not done. */
export function isLate(
  { due_on: due, state }: { due_on: string | null; state: string },
  now = new Date(),
): boolean {
  if (!due || state === 'done') return false;
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  return due < today;
}
