/**
 * Sign-in over allauth's headless browser API. There 401 is no failure but a state:
 * its flows say what comes next, so these calls answer instead of throwing.
 */
import i18next from 'i18next';
import { csrfToken, send } from '../http/http';
import { problemFrom } from '../http/problem';

const ROOT = '/_allauth/browser/v1';

interface Flow {
  id: string;
  is_pending?: boolean;
  types?: readonly string[];
}

interface AuthError {
  message: string;
  code: string;
  param?: string;
}

export interface AuthAnswer<T = unknown> {
  status: number;
  data: (T & { flows?: readonly Flow[] }) | undefined;
  meta: Record<string, unknown>;
  errors: readonly AuthError[];
}

export interface AuthConfig {
  account: { login_methods?: readonly string[] };
  mfa?: { supported_types: readonly string[]; passkey_login_enabled: boolean };
  socialaccount?: { providers: readonly { id: string; name: string }[] };
}

export async function callAuth<T = unknown>(
  path: string,
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
  body?: unknown,
): Promise<AuthAnswer<T>> {
  if (method !== 'GET' && csrfToken() === '') await send(`${ROOT}/config`);
  const response = await send(ROOT + path, {
    method,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status >= 500 || response.status === 403) {
    throw await problemFrom(response, i18next.t('problem.unknown'));
  }
  const answer = (await response.json().catch(() => ({}))) as Partial<AuthAnswer<T>>;
  return {
    status: response.status,
    data: answer.data,
    meta: answer.meta ?? {},
    errors: answer.errors ?? [],
  };
}

export async function getAuthConfig(): Promise<AuthConfig> {
  const answer = await callAuth<AuthConfig>('/config');
  return answer.data ?? { account: {} };
}

export type NextStep = 'done' | 'code' | 'reauthenticate' | 'refused';

/** What an answer asks for next. 409 says that the person is signed in already. */
export function nextStep(answer: AuthAnswer): NextStep {
  if (answer.status === 200 || answer.status === 409) return 'done';
  if (answer.status !== 401) return 'refused';
  const flows = answer.data?.flows ?? [];
  if (flows.some((flow) => flow.id === 'mfa_authenticate' && flow.is_pending)) return 'code';
  return answer.meta.is_authenticated === true ? 'reauthenticate' : 'refused';
}

/** An e-mail address or, without an @, a staff number. */
export function signIn(login: string, password: string): Promise<AuthAnswer> {
  const who = login.includes('@') ? { email: login } : { username: login };
  return callAuth('/auth/login', 'POST', { ...who, password });
}

export const sendCode = (code: string) => callAuth('/auth/2fa/authenticate', 'POST', { code });

/** Answers 401, which is its success. */
export async function signOut(): Promise<void> {
  await callAuth('/auth/session', 'DELETE');
}

/** Whether the person who gave a password has a passkey that can stand for the code. */
export function offersPasskey(answer: AuthAnswer): boolean {
  const flow = answer.data?.flows?.find(({ id }) => id === 'mfa_authenticate');
  return flow?.types?.includes('webauthn') ?? false;
}

/** Leaves for the bank's identity provider: a form, because the answer is a redirect of the whole page. */
export function signInWithProvider(provider: string, returnTo: string): void {
  const form = document.createElement('form');
  form.method = 'POST';
  form.action = `${ROOT}/auth/provider/redirect`;
  const fields = { provider, process: 'login', callback_url: returnTo, csrfmiddlewaretoken: csrfToken() };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
