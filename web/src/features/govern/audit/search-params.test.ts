import { expect, test } from 'vitest';
import { isFiltered, toAuditSearch, toQuestion } from './search-params';

test('what is no filter of the trail is left out of its address', () => {
  expect(toAuditSearch({ actor: '12', action: 'customer.reveal', q: '沈静仪', from: 'yesterday' })).toEqual({
    actor: 12,
    action: 'customer.reveal',
  });
});

test('the last day is included, across the end of a month too', () => {
  expect(toQuestion({ from: '2026-01-31', to: '2026-01-31' })).toEqual({
    from: '2026-01-31T00:00:00+08:00',
    to: '2026-02-01T00:00:00+08:00',
  });
});

test('an open entry is no filter', () => {
  expect(isFiltered({ entry: '01a2033e-fe0e-7006-a613-8f768195dc98' })).toBe(false);
  expect(isFiltered({ object: 'import' })).toBe(true);
});
