import { expect, test } from 'vitest';
import { encodingOf, headerRows, isOwn } from './reading';

test.each([
  ['utf-8', 'utf-8'],
  ['utf-8-sig', 'utf-8'],
  ['gb18030', 'gb18030'],
  ['utf-16-le', 'utf-16'],
  ['big5hkscs', 'big5'],
])('the codec %s is the choice %s', (codec, choice) => {
  expect(encodingOf(codec)).toBe(choice);
});

test('the present header row can be chosen, however far down it stands', () => {
  expect(headerRows(0).slice(0, 3)).toEqual([-1, 0, 1]);
  expect(headerRows(0)).not.toContain(44);
  expect(headerRows(44).at(-1)).toBe(44);
});

test('a reading is own as soon as one part of it was said', () => {
  const nothing = { encoding: null, delimiter: null, header_row: null, sheet: null };
  expect(isOwn(nothing)).toBe(false);
  expect(isOwn({ ...nothing, header_row: 0 })).toBe(true);
});
