/** How a record came to belong to a customer, as a phrase: 首条记录, 证件号码与手机相同. */
import { useTranslation } from 'react-i18next';

const known = ['first', 'identifier', 'merged', 'review', 'split', 'entered'] as const;

/** Stands where evidence is named, for what somebody stated of a customer whom he had before him. */
export const BY_HAND = 'manual';

export function useReasonWords(): (reason: string, evidence: readonly string[]) => string {
  const { t } = useTranslation('customers');
  return (reason, evidence) => {
    const shared = evidence.filter((name) => name !== BY_HAND);
    if (shared.length < evidence.length && shared.length === 0) return t('reasons.entered');
    if (shared.length > 0) return t('reasons.shared', { fields: shared.join(t('reasons.and')) });
    const key = known.find((name) => name === reason);
    return key ? t(`reasons.${key}`) : reason;
  };
}
