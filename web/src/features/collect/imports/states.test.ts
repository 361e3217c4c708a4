import { expect, test } from 'vitest';
import { shownState, stepOf } from './states';

const facts = { is_dry_run: false, rows_accepted: 0, rows_read: 0 };

test('a trial under way is told apart from an import', () => {
  expect(shownState({ ...facts, state: 'running', is_dry_run: true })).toBe('trying');
  expect(shownState({ ...facts, state: 'running' })).toBe('running');
});

test('an import that took no row is called refused, not done', () => {
  expect(shownState({ ...facts, state: 'succeeded', rows_read: 40 })).toBe('refused');
  expect(shownState({ ...facts, state: 'succeeded', rows_read: 40, rows_accepted: 1 })).toBe('succeeded');
});

test('a tried import shows its trial until the person goes back to the columns', () => {
  expect(stepOf({ state: 'succeeded', is_dry_run: true })).toBe('trial');
  expect(stepOf({ state: 'succeeded', is_dry_run: true }, true)).toBe('mapping');
});

test('what failed or was cancelled stays in the step in which it did', () => {
  expect(stepOf({ state: 'failed', is_dry_run: true })).toBe('trial');
  expect(stepOf({ state: 'cancelled', is_dry_run: false })).toBe('run');
});
