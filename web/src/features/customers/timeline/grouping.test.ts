import { expect, test } from 'vitest';
import type { Moment } from '@/api/generated/types.gen';
import { grouped } from './grouping';

const moment = (id: string, at: string, change: Partial<Moment> = {}): Moment => ({
  id,
  at,
  kind: 'behavior',
  name: '转账失败',
  source: '手机银行',
  details: {},
  author: '',
  ...change,
});

test('the same thing again on one day of the business zone is one entry', () => {
  const groups = grouped([
    moment('3', '2026-11-21T11:09:00Z'),
    moment('2', '2026-11-20T16:03:00Z'),
    moment('1', '2026-11-20T15:50:00Z'),
  ]);
  expect(groups.map((group) => [group.moment.id, group.times])).toEqual([
    ['3', 2],
    ['1', 1],
  ]);
});

test('what stands between, and what has legal weight, is never put together', () => {
  const between = [
    moment('3', '2026-11-21T11:09:00Z'),
    moment('2', '2026-11-21T10:00:00Z', { name: '登录' }),
    moment('1', '2026-11-21T09:00:00Z'),
  ];
  expect(grouped(between)).toHaveLength(3);
  const changes = between.map((one) => ({ ...one, kind: 'change', name: 'updated' }));
  expect(grouped(changes)).toHaveLength(3);
});
