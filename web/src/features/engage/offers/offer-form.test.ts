import { expect, test } from 'vitest';
import { EMPTY, ruleOf, toDefinition, toDraft, toOffer } from './offer-form';

const whole = {
  ...EMPTY,
  key: 'big',
  zh: '存单',
  en: 'Deposit',
  reasonZh: '合适',
  reasonEn: 'Suits',
  purpose: 'marketing',
  eligibility: { ...EMPTY.eligibility, segments: ['a', 'b'] },
};

test('segments become one definition, and come back as segments', () => {
  const definition = { any: [{ segment: 'a' }, { segment: 'b' }] };
  expect(toDefinition(whole.eligibility)).toEqual(definition);
  expect(toDraft(definition)).toMatchObject({ source: 'segments', segments: ['a', 'b'] });
});

test('anything else stays a definition in JSON', () => {
  const definition = { any: [{ segment: 'a' }, { field: 'aum', op: 'gt', value: 1 }] };
  const draft = toDraft(definition);
  expect(draft.source).toBe('json');
  expect(toDefinition(draft)).toEqual(definition);
  expect(toDraft(null).source).toBe('none');
});

test('a form is whole only when its rule can be read and all words are there', () => {
  expect(toOffer(whole)).toMatchObject({ holdout_share: 0.05, starts_on: null, suppression: null });
  expect(toOffer({ ...whole, reasonEn: ' ' })).toBeUndefined();
  expect(toOffer({ ...whole, key: 'Big' })).toBeUndefined();
  expect(toOffer({ ...whole, priority: null })).toBeUndefined();
  expect(ruleOf({ ...whole, eligibility: { source: 'json', segments: [], json: '[1' } })).toBeUndefined();
  expect(ruleOf({ ...whole, eligibility: { source: 'json', segments: [], json: '[]' } })).toBeUndefined();
  expect(ruleOf({ ...whole, eligibility: EMPTY.eligibility })).toBeUndefined();
});
