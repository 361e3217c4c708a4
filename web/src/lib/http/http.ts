/**
 * The one way to the server: language, CSRF, a key for what is made, and every failure as an `ApiProblem`.
 * The generated client is given `kehuFetch` too, so that both behave alike.
 */
import i18next from 'i18next';
import { currentLanguage } from '../i18n';
import { isMaking, keyOf, settle } from './idempotency';
import { ApiProblem, problemFrom } from './problem';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function csrfToken(): string {
  const found = /(?:^|;\s*)kehu_csrf=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? '';
}

const PAUSE = 1_000;
/** The database or the way to it was away: such a request is sent once more, when it has a key. */
const AWAY = new Set([502, 503, 504]);

/** Sends as the signed-in person. Answers whatever the server answers; throws only when it cannot be reached. */
export async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const request = new Request(input, { credentials: 'same-origin', ...init });
  request.headers.set('Accept-Language', currentLanguage());
  if (!SAFE.has(request.method)) request.headers.set('X-CSRFToken', csrfToken());
  return isMaking(request.method, new URL(request.url).pathname) ? make(request) : reach(request);
}

/** Sends under a key, and once more under the same when the answer is lost. */
async function make(request: Request): Promise<Response> {
  const told = `${request.url} ${await request.clone().text()}`;
  request.headers.set('Idempotency-Key', keyOf(told));
  const again = request.clone();
  const first = await reach(request).catch((problem: unknown) => {
    if (problem instanceof ApiProblem) return null;
    throw problem;
  });
  if (first !== null && !AWAY.has(first.status)) {
    settle(told, first.status);
    return first;
  }
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  const second = await reach(again);
  settle(told, second.status);
  return second;
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem({
      status: 0,
      code: 'network.unreachable',
      title: i18next.t('problem.unreachable'),
      detail: i18next.t('problem.unreachableDetail'),
    });
  }
}

/** As `send`, and anything but success is thrown. */
export async function kehuFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await send(input, init);
  if (response.ok) return response;
  throw await problemFrom(response, i18next.t('problem.unknown'));
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  signal?: AbortSignal;
}

/** Calls with JSON and reads JSON; the caller names the type of the answer. */
export async function request<T>(path: string, call: Call = {}): Promise<T> {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value != null) url.searchParams.set(name, String(value));
  }
  const isForm = call.body instanceof FormData;
  const response = await kehuFetch(url, {
    method: call.method ?? 'GET',
    headers: isForm || call.body === undefined ? {} : { 'Content-Type': 'application/json' },
    ...(call.body === undefined
      ? {}
      : { body: isForm ? (call.body as FormData) : JSON.stringify(call.body) }),
    ...(call.signal ? { signal: call.signal } : {}),
  });
  return (response.status === 204 ? undefined : await response.json()) as T;
}
