/** Words that the list has shown, to be offered in filters; nothing personal, and in memory alone. */
import type { CustomerRow } from '@/api/generated/types.gen';

const words = new Map<string, Set<string>>();
const owners = new Map<string, string>();

/** `keys`: the fields that may be filtered by. */
export function noteSeen(rows: readonly CustomerRow[], keys: readonly string[]): void {
  for (const row of rows) {
    for (const key of keys) {
      const shown = row.fields[key];
      if (!shown || shown.is_masked || typeof shown.code !== 'string') continue;
      const known = words.get(key) ?? new Set();
      if (known.size < 500) words.set(key, known.add(shown.code));
    }
    if (row.owner) owners.set(String(row.owner.id), row.owner.name);
  }
}

export function seenWords(key: string): readonly string[] {
  return [...(words.get(key) ?? [])].sort((a, b) => a.localeCompare(b, 'zh'));
}

export function seenOwner(id: string): string | undefined {
  return owners.get(id);
}
