/** The kinds of source that have a name of their own; any other kind is shown as it was written. */
import { useTranslation } from 'react-i18next';

export const KINDS = ['core', 'cards', 'wealth', 'loans', 'service', 'app', 'file', 'other'] as const;
type Kind = (typeof KINDS)[number];

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

export function useKindName(): (kind: string) => string {
  const { t } = useTranslation('collect');
  return (kind) => (isKind(kind) ? t(`sources.kinds.${kind}`) : kind);
}
