import { expect, test } from 'vitest';
import type { KindOut } from '@/api/generated/types.gen';
import { isLoosened, toChange, toForm } from './change';

const mobile: KindOut = {
  key: 'mobile',
  label: { zh: '手机', en: 'Mobile' },
  strength: 'named',
  priority: 6,
  limit: 6,
  window_days: 730,
  is_device: false,
};

test('only what is different is sent', () => {
  expect(toChange(mobile, toForm(mobile))).toEqual({});
  expect(toChange(mobile, { ...toForm(mobile), limit: 3 })).toEqual({ limit: 3 });
});

test('for ever is sent as null, not left out', () => {
  expect(toChange(mobile, { ...toForm(mobile), windowDays: null })).toEqual({ window_days: null });
});

test('a warning is given only where more people would be joined', () => {
  expect(isLoosened(mobile, { ...toForm(mobile), strength: 'strong' })).toBe(true);
  expect(isLoosened({ ...mobile, strength: 'strong' }, toForm(mobile))).toBe(false);
});
