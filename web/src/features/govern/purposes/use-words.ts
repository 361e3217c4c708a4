/** Names that the server knows in both languages, in the reader's; a word it does not know stays as it is. */

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Label, Vocabulary } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { vocabularyQuery } from './queries';

export function useWords() {
  const { t } = useTranslation('govern');
  const { language } = useFormat();
  const { data } = useQuery(vocabularyQuery);
  const label = (text: Label) => inLanguage(text, language);
  const wordOf = (kind: keyof Vocabulary) => (key: string) => {
    const found = data?.[kind][key];
    return found ? label(found) : key;
  };
  const options = (kind: keyof Vocabulary) =>
    Object.entries(data?.[kind] ?? {}).map(([value, text]) => ({ value, label: label(text) }));
  const channel = wordOf('channels');
  return {
    label,
    basis: wordOf('legal_bases'),
    channel,
    slot: wordOf('notice_slots'),
    slots: Object.keys(data?.notice_slots ?? {}),
    options,
    channels: (keys: readonly string[]) => keys.map(channel).join(t('purposes.comma')),
  };
}
