import { expect, test } from 'vitest';
import { toCondition, toText } from './logic';

test.each(['{nps} <= 6', "{place} = 'app'", '{why} notempty', "{many} contains 'a'", '{ok} = true'])(
  '%s is shown as one comparison and written back the same',
  (text) => {
    const condition = toCondition(text);
    expect(condition && toText(condition)).toBe(text);
  },
);

test('what joins several is edited as text', () => {
  expect(toCondition("{nps} <= 6 and {place} = 'app'")).toBeNull();
});
