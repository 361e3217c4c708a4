import { expect, test } from 'vitest';
import { changeAfter, changeBefore, stateSince, toDay, toNumber } from './as-of-days';

const changes = ['2026-03-02', '2026-05-02', '2026-07-02'];
const today = '2026-11-22';

test('a day is the same after a walk through its number, leap days too', () => {
  for (const day of ['1999-12-31', '2024-02-29', '2026-03-29']) expect(toDay(toNumber(day))).toBe(day);
  expect(toNumber('2026-03-01') - toNumber('2026-02-28')).toBe(1);
});

test('steps lead from change to change, at last to today, and end there', () => {
  expect(changeAfter(changes, '2026-03-02', today)).toBe('2026-05-02');
  expect(changeAfter(changes, '2026-06-30', today)).toBe('2026-07-02');
  expect(changeAfter(changes, '2026-07-02', today)).toBe(today);
  expect(changeAfter(changes, today, today)).toBeUndefined();
  expect(changeBefore(changes, today)).toBe('2026-07-02');
  expect(changeBefore(changes, '2026-03-02')).toBeUndefined();
});

test('a change of today is today itself', () => {
  expect(changeAfter([...changes, today], '2026-07-02', today)).toBe(today);
});

test('a day shows the state of the change before it, or of its own', () => {
  expect(stateSince(changes, '2026-06-30')).toBe('2026-05-02');
  expect(stateSince(changes, '2026-05-02')).toBe('2026-05-02');
  expect(stateSince(changes, '2026-01-01')).toBeUndefined();
});
