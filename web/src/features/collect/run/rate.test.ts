import { expect, test } from 'vitest';
import { addSample, rateOf, restOf } from './rate';

test('two moments tell rows a second', () => {
  expect(
    rateOf([
      { at: 0, rows: 0 },
      { at: 2000, rows: 6000 },
    ]),
  ).toBe(3000);
});

test('one moment, or a standstill, tells nothing', () => {
  expect(rateOf([{ at: 0, rows: 10 }])).toBeUndefined();
  expect(
    rateOf([
      { at: 0, rows: 10 },
      { at: 1000, rows: 10 },
    ]),
  ).toBeUndefined();
});

test('only the last fifteen seconds count, and a new run begins anew', () => {
  const known = [
    { at: 0, rows: 0 },
    { at: 20_000, rows: 4000 },
  ];

  expect(addSample(known, { at: 21_000, rows: 5000 })).toEqual([
    { at: 20_000, rows: 4000 },
    { at: 21_000, rows: 5000 },
  ]);
  expect(addSample(known, { at: 21_000, rows: 0 })).toEqual([{ at: 21_000, rows: 0 }]);
});

test('the rest is what is missing at that rate, and nothing when all is done', () => {
  expect(restOf(100, 500, 1500)).toBe(10);
  expect(restOf(100, 1500, 1500)).toBeUndefined();
  expect(restOf(undefined, 0, 10)).toBeUndefined();
});
