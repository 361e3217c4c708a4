import { expect, test } from 'vitest';
import { changeOf } from './change-of';

const before = { key: 'cards', name: '信用卡系统', kind: 'cards', trust: 80, unit: 'hz' };

test('nothing changed sends nothing, whatever blanks were typed', () => {
  expect(changeOf(before, { ...before, name: ' 信用卡系统 ' })).toEqual({});
});

test('only what is another than before is sent', () => {
  expect(changeOf(before, { ...before, trust: 0, unit: 'nb' })).toEqual({ trust: 0, unit: 'nb' });
});
