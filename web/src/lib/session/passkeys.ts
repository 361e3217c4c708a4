/**
 * Passkeys: asking the device, and whether it can be asked at all. Browsers bind a passkey to a domain name: on a bare
 * address such as 127.0.0.1, and without HTTPS anywhere but on localhost, there is none.
 */
import { type AuthAnswer, callAuth } from './auth';

interface RequestOptions {
  request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}

const NUMERIC = /^(?:[\d.]+|\[.*\])$/;

export function canUsePasskeys(hostname = location.hostname): boolean {
  return 'PublicKeyCredential' in window && window.isSecureContext && !NUMERIC.test(hostname);
}

/** Asks the device and sends what it says. Throws `NotAllowedError` when the person turns it down. */
async function ask(path: string): Promise<AuthAnswer> {
  const asked = await callAuth<RequestOptions>(path);
  if (!asked.data?.request_options) return asked;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.data.request_options.publicKey);
  const credential = await navigator.credentials.get({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) return { ...asked, status: 400, data: undefined };
  return callAuth(path, 'POST', { credential: credential.toJSON() });
}

/** Instead of a password. */
export const signInWithPasskey = () => ask('/auth/webauthn/login');

/** After the password, instead of a code. */
export const confirmWithPasskey = () => ask('/auth/webauthn/authenticate');
