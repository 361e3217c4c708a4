import { expect, test } from 'vitest';
import { zhCn } from '@/locales/zh-cn';
import { actions, nameKey, sentenceKey } from './actions';

const facts = (action: string, details: Record<string, unknown> = {}, decision = 'done') => ({
  action,
  decision,
  details,
  fields: [],
});

test('every known action has a name and a sentence', () => {
  const { actions: names, sentences } = zhCn.govern.audit;
  for (const action of actions) {
    expect(names, action).toHaveProperty(nameKey(action) ?? '');
    expect(sentences, action).toHaveProperty(sentenceKey(facts(action)) ?? '');
  }
});

test('an unknown action has neither', () => {
  expect(nameKey('campaign.never')).toBeUndefined();
  expect(sentenceKey(facts('campaign.never'))).toBeUndefined();
});

test('a refused sign-in says why', () => {
  expect(sentenceKey(facts('sign_in'))).toBe('sign_in');
  expect(sentenceKey(facts('sign_in', { why: 'locked' }, 'refused'))).toBe('sign_in_locked');
  expect(sentenceKey(facts('sign_in', { why: 'password' }, 'refused'))).toBe('sign_in_password');
});

test('a dry run is not called an import', () => {
  expect(sentenceKey(facts('import.start', { dry_run: true }))).toBe('import_start_trial');
  expect(sentenceKey(facts('import.start', { dry_run: false }))).toBe('import_start');
});
