import { expect, test } from 'vitest';
import type { PurposeOut } from '@/api/generated/types.gen';
import { EMPTY, fromPurpose, isWhole, toTerms } from './terms-form';

const SLOTS = ['handler', 'purpose'];
const whole = {
  ...EMPTY,
  zh: '营销',
  en: 'Marketing',
  key: 'marketing',
  channels: ['sms'],
  notice: { handler: '衡川银行', purpose: '推荐产品' },
};

test('terms are whole when they are named, told and reachable', () => {
  expect(isWhole(whole, SLOTS, false)).toBe(true);
  expect(isWhole({ ...whole, key: 'Not A Key' }, SLOTS, false)).toBe(false);
  expect(isWhole({ ...whole, channels: [] }, SLOTS, false)).toBe(false);
  expect(isWhole({ ...whole, days: null }, SLOTS, false)).toBe(false);
  expect(isWhole({ ...whole, notice: { handler: '衡川银行', purpose: '  ' } }, SLOTS, false)).toBe(false);
  expect(isWhole({ ...whole, zh: '', en: '', key: '' }, SLOTS, true)).toBe(true);
  expect(isWhole(whole, [], false)).toBe(false);
});

test('the terms in force are where the next ones begin', () => {
  const known = {
    current: {
      legal_basis: 'contract',
      channels: ['phone'],
      retention_days: 90,
      data_classes: ['C1', 'C2'],
      is_automated: true,
      is_separate: false,
      notice: { text: '为您服务' },
    },
  } as unknown as PurposeOut;

  const form = { ...EMPTY, ...fromPurpose(known) };

  expect(form.notice).toEqual({ purpose: '为您服务' });
  expect(toTerms(form)).toMatchObject({
    legal_basis: 'contract',
    channels: ['phone'],
    retention_days: 90,
    data_classes: ['C1', 'C2'],
    is_automated: true,
  });
});
