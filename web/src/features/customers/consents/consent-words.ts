/** Consent in words: states with their tone, channels, and who wrote an entry. */
import { useTranslation } from 'react-i18next';
import type { HeldOut } from '@/api/generated/types.gen';
import type { Tone } from '@/components/marks/tone';

const TONES: Readonly<Record<string, Tone>> = {
  given: 'success',
  refused: 'error',
  withdrawn: 'error',
  objected: 'error',
  expired: 'warning',
  outdated: 'warning',
};

export const toneOf = (state: string): Tone => TONES[state] ?? 'neutral';

const STATES = [
  'given',
  'refused',
  'withdrawn',
  'expired',
  'outdated',
  'not_asked',
  'not_needed',
  'not_objected',
  'objected',
  'lifted',
] as const;
const CHANNELS = ['email', 'sms', 'phone', 'wecom', 'wechat', 'app', 'post', 'visit', 'webhook'] as const;
const SOURCES = ['staff', 'self', 'link', 'api', 'import', 'survey', 'system'] as const;

/** Who was never asked needs not be, where a purpose rests on something else than consent. */
export const shownState = ({ state, legal_basis: basis }: HeldOut) =>
  state === 'not_asked' && basis !== 'consent' ? 'not_needed' : state;

export function useConsentWords() {
  const { t } = useTranslation('customers');
  const pick = <Key extends string>(keys: readonly Key[], key: string) => keys.find((known) => known === key);
  return {
    state: (key: string) => {
      const known = pick(STATES, key);
      return known ? t(`consents.states.${known}`) : key;
    },
    channel: (key: string) => {
      const known = pick(CHANNELS, key);
      return known ? t(`consents.channels.${known}`) : key || t('consents.allChannels');
    },
    source: (key: string) => {
      const known = pick(SOURCES, key);
      return known ? t(`consents.sources.${known}`) : key;
    },
  };
}
