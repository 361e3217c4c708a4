import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kehuFetch } from './http';
import { isMaking, keyOf, newKey, settle } from './idempotency';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ADDRESS = `${location.origin}/api/v1/customers`;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Stands for a server that gives these answers one after the other; null loses the answer. Returns the keys it saw. */
function serve(...statuses: (number | null)[]): (string | null)[] {
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key'));
    const status = statuses.shift();
    if (status == null) throw new TypeError('lost');
    return new Response('{}', { status });
  });
  return keys;
}

async function make(body: unknown): Promise<number> {
  const answer = kehuFetch(ADDRESS, { method: 'POST', body: JSON.stringify(body) }).then(
    (response) => response.status,
    (problem: { status: number }) => problem.status,
  );
  await vi.runAllTimersAsync();
  return answer;
}

test('what is made twice on purpose has two keys', async () => {
  const keys = serve(201, 201);
  expect([await make({ name: '甲' }), await make({ name: '甲' })]).toEqual([201, 201]);
  expect(keys[0]).toMatch(UUID);
  expect(keys[1]).not.toBe(keys[0]);
});

test('a lost answer is asked for once more, under the same key', async () => {
  const keys = serve(null, 201);
  expect(await make({ name: '乙' })).toBe(201);
  expect(keys).toEqual([keys[0], keys[0]]);
});

test('who sends again by hand what was lost twice sends it under the same key', async () => {
  const keys = serve(null, null, 503, 503, 201, 201);
  expect([await make({ name: '丙' }), await make({ name: '丙' }), await make({ name: '丙' })]).toEqual([
    0, 503, 201,
  ]);
  expect(new Set(keys).size).toBe(1);
  await make({ name: '丙' });
  expect(new Set(keys).size).toBe(2);
});

test('another content has another key, and a refusal ends one', async () => {
  const keys = serve(422, 422, 201);
  await make({ name: '丁' });
  await make({ name: '丁' });
  await make({ name: '戊' });
  expect(new Set(keys).size).toBe(3);
});

test('a key is forgotten after ten minutes', () => {
  const first = keyOf('x', 0);
  expect(keyOf('x', 9 * 60_000)).toBe(first);
  expect(keyOf('x', 20 * 60_000)).not.toBe(first);
  settle('x', 201);
});

test('questions, secrets and sign-in carry no key', () => {
  for (const path of [
    'customers/search',
    'customers/9/reveal',
    'segments/count',
    'segments/steps',
    'segments/sample',
    'segments/words',
    'offers/try',
    'surveys/import/trial',
    'traits/preview',
    'campaigns/outlook',
    'funnels',
    'funnels/customers',
    'retention',
    'users/me/tokens',
    'sources',
    'sources/3/write-key',
  ]) {
    expect(isMaking('POST', `/api/v1/${path}`)).toBe(false);
  }
  expect(isMaking('POST', '/_allauth/browser/v1/auth/login')).toBe(false);
  expect(isMaking('PATCH', '/api/v1/me')).toBe(false);
  for (const path of ['customers', 'segments', 'funnels/csv', 'interviews', 'interviews/9/finish']) {
    expect(isMaking('POST', `/api/v1/${path}`)).toBe(true);
  }
});

test('a page without a secure context makes its keys itself', () => {
  const random = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal('crypto', { getRandomValues: random });
  expect(newKey()).toMatch(UUID);
});
