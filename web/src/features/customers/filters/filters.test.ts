import { expect, test } from 'vitest';
import { parseFilters, toTexts, withFilter } from './filters';

test('what was written into an address is read from it again', () => {
  const texts = ['tier:in:金,白金', 'aum:gte:500000', 'aum:lte:1000000', 'unit:eq:7'];
  expect(toTexts(parseFilters(texts))).toEqual(texts);
});

test('unknown fields, operators and empty values are left out', () => {
  expect(parseFilters(['tier:like:x', 'tier:eq:', 'nonsense', ':eq:1'])).toEqual([]);
});

test('a changed filter keeps its place, an empty one goes', () => {
  const filters = parseFilters(['tier:eq:金', 'sex:eq:2']);
  expect(toTexts(withFilter(filters, { key: 'tier', values: ['钻石'] }))).toEqual([
    'tier:eq:钻石',
    'sex:eq:2',
  ]);
  expect(toTexts(withFilter(filters, { key: 'tier', values: [] }))).toEqual(['sex:eq:2']);
  expect(toTexts(withFilter(filters, { key: 'aum', values: [], from: '1' }))).toEqual([
    'tier:eq:金',
    'sex:eq:2',
    'aum:gte:1',
  ]);
});
