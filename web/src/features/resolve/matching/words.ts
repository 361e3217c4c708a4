/** The rules of a kind in words that a layperson reads. */
import { useTranslation } from 'react-i18next';
import type { KindOut, Label } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';

export const strengths = ['strong', 'scoped', 'named'] as const;
export type Strength = (typeof strengths)[number];

export const toStrength = (text: string): Strength => strengths.find((known) => known === text) ?? 'named';

export interface KindWords {
  label: (label: Label) => string;
  strength: (kind: KindOut) => string;
  limit: (kind: KindOut) => string;
  window: (kind: KindOut) => string;
}

export function useKindWords(): KindWords {
  const { t } = useTranslation('resolve');
  const { language } = useFormat();
  return {
    label: (label) => (language === 'en' ? label.en : label.zh),
    strength: (kind) =>
      kind.is_device
        ? t('matching.kinds.device')
        : t(`matching.kinds.strengths.${toStrength(kind.strength)}`),
    limit: (kind) =>
      kind.limit === 0 ? t('matching.kinds.unlimited') : t('matching.kinds.limitOf', { count: kind.limit }),
    window: (kind) =>
      kind.window_days === null
        ? t('matching.kinds.ever')
        : t('matching.kinds.days', { count: kind.window_days }),
  };
}
