import { expect, test } from 'vitest';
import type { RegistryField } from '@/api/generated/types.gen';
import { isRaised, isRecomputed, toChange, toForm } from './field-change';

const FIELD: RegistryField = {
  key: 'pet_name',
  label: { zh: '宠物名', en: 'Pet' },
  section: 'background',
  standard: 'text',
  party: 'person',
  data_class: 'C1',
  is_sealed: false,
  identifier: '',
  is_listed: false,
  survivorship: 'trust',
  synonyms: ['宠物'],
  origin: 'custom',
  position: 10,
  is_active: true,
  sealing_percent: null,
};

test('what stays as it is, is not sent', () => {
  expect(toChange(FIELD, toForm(FIELD))).toEqual({});
  expect(toChange(FIELD, { ...toForm(FIELD), zh: ' 宠物名 ' })).toEqual({});
});

test('each change is sent alone', () => {
  expect(toChange(FIELD, { ...toForm(FIELD), en: 'Pet name' })).toEqual({
    label: { zh: '宠物名', en: 'Pet name' },
  });
  expect(toChange(FIELD, { ...toForm(FIELD), synonyms: [] })).toEqual({ synonyms: [] });
});

test('only another rule chooses other values', () => {
  expect(isRecomputed({ survivorship: 'recent' })).toBe(true);
  expect(isRecomputed({ data_class: 'C2' })).toBe(false);
  expect(isRecomputed({ is_listed: true })).toBe(false);
});

test('a field that becomes personal has its earlier values sealed', () => {
  expect(isRaised(toChange(FIELD, { ...toForm(FIELD), dataClass: 'C2' }))).toBe(true);
  expect(isRaised({ is_listed: true })).toBe(false);
});
