import { expect, test } from 'vitest';
import type { ReviewOut, ShownOut } from '@/api/generated/types.gen';
import { apart, compare, isSwapped } from './compare';

const shown = (display: string, isMasked = false): ShownOut => ({ display, is_masked: isMasked });
const pair = (
  left: Record<string, ShownOut>,
  right: Record<string, ShownOut>,
  differing: string[],
): ReviewOut => ({
  id: 'r',
  reason: 'other_document',
  evidence: [],
  state: 'open',
  opened_at: '2026-11-24T00:00:00Z',
  decided_at: null,
  decided_by: null,
  note: '',
  left: { id: 'a', name: '顾长林', record_count: 1, fields: left },
  right: { id: 'b', name: '顾常林', record_count: 1, fields: right },
  differing,
});

test('what differs comes first, then what is the same, then what one side has', () => {
  const found = compare(
    pair(
      { name: shown('顾长林'), mobile: shown('139****7753', true), email: shown('g***', true) },
      { name: shown('顾常林'), mobile: shown('139****7753', true) },
      ['name'],
    ),
    ['mobile', 'email', 'name'],
  );
  expect(found.map(({ key, verdict }) => [key, verdict])).toEqual([
    ['name', 'different'],
    ['mobile', 'same'],
    ['email', 'one'],
  ]);
});

test('masked values that look alike may differ, and the server knows', () => {
  const same = { resident_id: shown('***4417', true) };
  expect(compare(pair(same, same, ['resident_id']), [])[0]?.verdict).toBe('different');
});

test('day and month that changed places are told from another day', () => {
  expect(isSwapped('1982-03-11', '1982-11-03')).toBe(true);
  expect(isSwapped('1982-03-11', '1982-03-12')).toBe(false);
  expect(isSwapped('1982-03-03', '1982-03-03')).toBe(false);
});

test('only the characters that stand apart are marked', () => {
  expect(apart('顾长林', '顾常林')).toEqual([1, 2]);
  expect(apart('买买提·艾力', '买买提艾力')).toEqual([3, 4]);
  expect(apart('西湖支行', '滨江分理处')).toBeUndefined();
});
