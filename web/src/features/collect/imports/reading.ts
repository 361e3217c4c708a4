/** How a file is read: the choices there are, and what a person said of it. Null leaves a part to be recognized. */
import type { ReadingIn } from '@/api/generated/types.gen';

/** The reader's names of encodings, as people know them. */
export const ENCODING_NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-sig': 'UTF-8',
  gb18030: 'GB18030',
  'utf-16': 'UTF-16',
  'utf-16-le': 'UTF-16',
  'utf-16-be': 'UTF-16',
  big5hkscs: 'Big5',
};

export const DELIMITER_NAMES: Readonly<
  Record<string, 'comma' | 'tab' | 'semicolon' | 'pipe' | 'caret' | undefined>
> = {
  ',': 'comma',
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'pipe',
  '^': 'caret',
};

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16', 'big5'] as const;
export const DELIMITERS = [',', '\t', ';', '|', '^'] as const;
const HEADER_ROWS = 30;

/** The choice that stands for the encoding in which the file is read now. */
export function encodingOf(codec: string): (typeof ENCODINGS)[number] {
  if (codec.startsWith('utf-16')) return 'utf-16';
  if (codec.startsWith('big5')) return 'big5';
  return codec === 'gb18030' ? 'gb18030' : 'utf-8';
}

/** Rows that can be chosen as the header, from 0; -1 is none. The present one is always among them. */
export function headerRows(present: number): number[] {
  const rows = Array.from({ length: HEADER_ROWS }, (_, row) => row);
  return [-1, ...rows, ...(present >= HEADER_ROWS ? [present] : [])];
}

export function isOwn(reading: ReadingIn): boolean {
  return Object.values(reading).some((part) => part !== null && part !== undefined);
}
