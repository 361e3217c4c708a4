import { expect, test } from 'vitest';
import { makePassword } from './password';

test('a password has 16 characters, none of which is mistaken for another', () => {
  const password = makePassword((bytes) => crypto.getRandomValues(bytes));
  expect(password).toMatch(/^[a-zA-Z2-9]{16}$/);
  expect(password).not.toMatch(/[ilIO]/);
});

test('bytes that would favour some characters are thrown away', () => {
  const given = [255, 0];
  const password = makePassword((bytes) => bytes.fill(given.shift() ?? 1));
  expect(password).toBe('aaaaaaaaaaaaaaaa');
});
