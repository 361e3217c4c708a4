import { expect, test } from 'vitest';
import { toCustomerId } from './customer-id';

const ID = '01a2033e-fe0e-7006-a613-8f768195dc98';

test('an id is found alone, in capitals, and in the address of a profile', () => {
  expect(toCustomerId(` ${ID} `)).toBe(ID);
  expect(toCustomerId(ID.toUpperCase())).toBe(ID);
  expect(toCustomerId(`https://kehu.example.com/customers/${ID}?tab=records`)).toBe(ID);
});

test('anything else is no id', () => {
  expect(toCustomerId('')).toBeUndefined();
  expect(toCustomerId('01a2033e-fe0e')).toBeUndefined();
});
