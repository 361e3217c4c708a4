import { expect, test } from 'vitest';
import { fillMinutes, SHOWN } from './minutes';

test('minutes without an event are counted as none, and the last minute is now', () => {
  const now = Date.parse('2026-11-24T08:52:30Z');
  const filled = fillMinutes([{ at: '2026-11-24T08:50:00Z', count: 7 }], now);

  expect(filled).toHaveLength(SHOWN);
  expect(filled.slice(-3).map(({ count }) => count)).toEqual([7, 0, 0]);
});

test('what is older than half an hour is left out', () => {
  const now = Date.parse('2026-11-24T08:52:30Z');
  const filled = fillMinutes([{ at: '2026-11-24T08:00:00Z', count: 7 }], now);

  expect(filled.every(({ count }) => count === 0)).toBe(true);
});
