import { expect, test, vi } from 'vitest';
import { setPreferences } from '../preferences';
import { createClientConfig } from './client-config';
import { ApiProblem } from './problem';

test('the generated client fetches in the reader’s language and throws what the server says', async () => {
  setPreferences({ language: 'zh-CN' });
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request);
    const body = {
      title: '有需要更正的地方',
      code: 'invalid_request',
      request_id: '9',
      fields: [{ field: 'body.name', code: 'missing' }],
    };
    return new Response(JSON.stringify(body), { status: 422 });
  });
  const { baseUrl, fetch } = createClientConfig();
  const call = fetch(new Request(`${baseUrl}/api/v1/me`, { method: 'PATCH', body: '{"language":"en"}' }));
  const problem: unknown = await call.catch((caught: unknown) => caught);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({
    status: 422,
    code: 'invalid_request',
    id: '9',
    fields: [{ field: 'body.name', code: 'missing' }],
  });
  expect(asked[0]?.headers.get('Accept-Language')).toBe('zh-CN');
  expect(asked[0]?.headers.has('X-CSRFToken')).toBe(true);
  expect(await asked[0]?.text()).toBe('{"language":"en"}');
});

test('a server out of reach is told as such', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  const problem: unknown = await createClientConfig()
    .fetch(`${location.origin}/api/v1/me`)
    .catch((e: unknown) => e);
  expect(problem).toMatchObject({ status: 0, code: 'network.unreachable' });
});
