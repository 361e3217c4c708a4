/** Why a pair waits, as a sentence; a reason that has none is shown by its key. */
import { useTranslation } from 'react-i18next';

const reasons = ['other_document', 'other_birth_date', 'other_party'] as const;

export function useReason(): (reason: string) => { short: string; long: string | undefined } {
  const { t } = useTranslation('resolve');
  return (reason) => {
    const key = reasons.find((known) => known === reason);
    return key
      ? { short: t(`review.reasons.${key}`), long: t(`review.reasonTexts.${key}`) }
      : { short: reason, long: undefined };
  };
}
