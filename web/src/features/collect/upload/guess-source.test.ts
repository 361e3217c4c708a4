import { expect, test } from 'vitest';
import { guessSource } from './guess-source';

const known = [
  { file_name: '信用卡客户_20261122.csv', source: { id: 3, name: '信用卡系统' } },
  { file_name: '核心客户.csv', source: { id: 2, name: '核心系统' } },
];

test('the same name with another date comes from the same source', () => {
  expect(guessSource('信用卡客户_20261123.csv', known)).toBe(3);
  expect(guessSource('核心客户 (2).xlsx', known)).toBe(2);
});

test('a new name, or one of figures alone, tells nothing', () => {
  expect(guessSource('代销名单.csv', known)).toBeUndefined();
  expect(guessSource('20261123.csv', known)).toBeUndefined();
});
