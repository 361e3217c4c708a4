/** What can be said to a purpose as it stands: never what holds already. All words weigh the same: none is the button that stands out. */
import type { OwnPurpose } from '@/api/generated/types.gen';

type Stands = Pick<OwnPurpose, 'needs_consent' | 'may_use' | 'state'>;

interface Word {
  state: 'given' | 'refused' | 'withdrawn';
  label: 'agree' | 'refuse' | 'withdraw' | 'stop' | 'allow';
}

export function wordsFor({ needs_consent: needsConsent, may_use: mayUse, state }: Stands): Word[] {
  if (!needsConsent) {
    return mayUse ? [{ state: 'refused', label: 'stop' }] : [{ state: 'given', label: 'allow' }];
  }
  if (mayUse) return [{ state: 'withdrawn', label: 'withdraw' }];
  const agree: Word = { state: 'given', label: 'agree' };
  return state === 'not_asked' || state === 'outdated'
    ? [{ state: 'refused', label: 'refuse' }, agree]
    : [agree];
}

export function stateKey({ needs_consent: needsConsent, state }: Stands) {
  const known = ['given', 'refused', 'withdrawn', 'expired', 'outdated'] as const;
  return known.find((one) => one === state) ?? (needsConsent ? 'notAsked' : 'notNeeded');
}
