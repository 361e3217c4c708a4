import { expect, test } from 'vitest';
import {
  daysBetween,
  formatDate,
  formatDateTime,
  formatDuration,
  formatLegalTime,
  formatNear,
  formatSpan,
  formatZone,
} from './dates';

const now = '2026-11-24T00:40:12Z'; // 08:40:12 in Shanghai

test('a date is never shifted by a zone', () => {
  expect(formatDate('1985-08-14')).toBe('1985-08-14');
});

test('an instant is shown in the business zone', () => {
  expect(formatDate('2026-11-23T16:00:00Z')).toBe('2026-11-24');
  expect(formatDateTime(now)).toBe('2026-11-24 08:40');
  expect(formatLegalTime(now)).toBe('2026-11-24 08:40:12');
  expect(formatDateTime('2026-11-23T16:00:00Z')).toBe('2026-11-24 00:00');
  expect(formatZone(now)).toBe('UTC+08:00 Asia/Shanghai');
});

test('the near past is told in words, what is older by its date', () => {
  expect(formatNear('2026-11-24T00:39:30Z', now, 'zh-CN')).toBe('42 秒前');
  expect(formatNear('2026-11-24T00:39:30Z', now, 'en')).toBe('42 s ago');
  expect(formatNear('2026-11-24T00:12:00Z', now, 'zh-CN')).toBe('28 分钟前');
  expect(formatNear('2026-11-23T16:12:00Z', now, 'zh-CN')).toBe('今天 00:12');
  expect(formatNear('2026-11-23T11:46:00Z', now, 'zh-CN')).toBe('昨天 19:46');
  expect(formatNear('2026-11-22T15:59:59Z', now, 'en')).toBe('2026-11-22');
});

test('a moment ahead is no past', () => {
  expect(formatNear('2026-11-24T04:00:00Z', now, 'en')).toBe('today 12:00');
});

test('a span leaves out the second year where it is the same', () => {
  expect(formatSpan('2026-08-10', '2026-11-24', 'zh-CN')).toBe('2026-08-10 至 11-24');
  expect(formatSpan('2025-12-30', '2026-01-02', 'en')).toBe('2025-12-30 to 2026-01-02');
});

test('a duration has two units at most', () => {
  expect(formatDuration(3 * 86_400 + 4 * 3600 + 59, 'zh-CN')).toBe('3 天 4 小时');
  expect(formatDuration(9600, 'zh-CN')).toBe('2 小时 40 分');
  expect(formatDuration(24, 'en')).toBe('24 s');
  expect(formatDuration(1.94, 'zh-CN')).toBe('1.9 秒');
  expect(formatDuration(0, 'en')).toBe('0 s');
});

test('days are counted on the calendar', () => {
  expect(daysBetween('2026-10-09', '2026-11-24')).toBe(46);
  expect(daysBetween('2026-11-23T15:59:00Z', '2026-11-23T16:01:00Z')).toBe(1);
});
