/** A file that is called like one before most likely comes from the same source: dates and numbers aside. */
import type { ImportOut } from '@/api/generated/types.gen';

function stemOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
    .replace(/[\d\s_\-().（）]+/g, '');
}

/** The id of the source that a file of this name came from last. Undefined where nothing is alike. */
export function guessSource(
  name: string,
  imports: readonly Pick<ImportOut, 'file_name' | 'source'>[],
): number | undefined {
  const stem = stemOf(name);
  if (stem === '') return undefined;
  return imports.find((job) => stemOf(job.file_name) === stem)?.source.id;
}
