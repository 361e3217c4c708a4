/** What the person signs in with besides the password, as the server knows it. */
import { queryOptions } from '@tanstack/react-query';
import { ApiProblem } from '@/lib/http/problem';
import { callAuth } from '@/lib/session/auth';

export type Authenticator =
  | { type: 'totp'; created_at: number; last_used_at: number | null }
  | { type: 'recovery_codes'; created_at: number; total_code_count: number; unused_code_count: number }
  | { type: 'webauthn'; id: number; name: string; created_at: number; last_used_at: number | null };

export const authenticatorsQuery = queryOptions({
  queryKey: ['authenticators'],
  queryFn: async () => {
    const answer = await callAuth<Authenticator[]>('/account/authenticators');
    if (answer.status === 401) throw new ApiProblem({ status: 401, code: 'session.ended', title: '' });
    return Array.isArray(answer.data) ? (answer.data as readonly Authenticator[]) : [];
  },
});

export function findTotp(all: readonly Authenticator[] | undefined) {
  return all?.find((one) => one.type === 'totp');
}
/** Whether a password alone no longer signs this person in. */
export function hasSecondFactor(all: readonly Authenticator[] | undefined): boolean {
  return all?.some((one) => one.type !== 'recovery_codes') ?? false;
}
export function findRecoveryCodes(all: readonly Authenticator[] | undefined) {
  return all?.find((one) => one.type === 'recovery_codes');
}
