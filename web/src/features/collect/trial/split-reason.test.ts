import { expect, test } from 'vitest';
import { splitReason } from './split-reason';

test('the first sentence is the cause, the rest the remedy', () => {
  expect(splitReason('证件号码：校验码不对。对照证件核对。')).toEqual({
    cause: '证件号码：校验码不对',
    remedy: '对照证件核对。',
  });
  expect(splitReason('Amount: 1.38E+10 is not exact. Set the column to Text.')).toEqual({
    cause: 'Amount: 1.38E+10 is not exact',
    remedy: 'Set the column to Text.',
  });
});

test('a cause alone keeps its words', () => {
  expect(splitReason('This row holds nothing.')).toEqual({ cause: 'This row holds nothing', remedy: '' });
});
