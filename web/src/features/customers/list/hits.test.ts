import { expect, test } from 'vitest';
import type { CustomerRow, HitOut } from '@/api/generated/types.gen';
import { marksOf, numberMarks, reasonsOf } from './hits';

const hit = (reason: string, field = '', name: [number, number][] = []): HitOut => ({
  reason,
  field,
  label: null,
  name,
  pinyin: [],
});
const row = (...hits: HitOut[]) => ({ hits }) as unknown as CustomerRow;

test('marks of several words become one where they touch', () => {
  expect(marksOf(row(hit('name', '', [[1, 3]]), hit('name', '', [[0, 2]])), 'name')).toEqual([[0, 3]]);
  expect(marksOf(row(), 'pinyin')).toEqual([]);
});

test('a tail marks the last four of its own field, a whole number all of it', () => {
  expect(numberMarks(row(hit('tail', 'mobile')), 'mobile', '138****1234')).toEqual([[7, 11]]);
  expect(numberMarks(row(hit('tail', 'bank_card')), 'mobile', '138****1234')).toEqual([]);
  expect(numberMarks(row(hit('number', 'mobile')), 'mobile', '138****1234')).toEqual([[0, 11]]);
});

test('a tail that the mask hides is not marked', () => {
  expect(numberMarks(row(hit('tail', 'resident_id')), 'resident_id', '4******26')).toEqual([]);
});

test('the same reason is told once', () => {
  const found = reasonsOf(row(hit('name'), hit('name'), hit('tail', 'mobile'), hit('tail', 'bank_card')));
  expect(found.map((one) => [one.reason, one.field])).toEqual([
    ['name', ''],
    ['tail', 'mobile'],
    ['tail', 'bank_card'],
  ]);
});
