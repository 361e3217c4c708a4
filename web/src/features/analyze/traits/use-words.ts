/** How a definition reads in a line of the list. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TraitOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { aggregatesQuery } from './queries';

export function useWords() {
  const { t } = useTranslation('traits');
  const { language } = useFormat();
  const { data: aggregates = [] } = useQuery(aggregatesQuery);
  const when = (within: unknown) => {
    const { last_days: days, last_hours: hours } = (within ?? {}) as {
      last_days?: number;
      last_hours?: number;
    };
    if (days !== undefined) return t('lastDays', { days });
    if (hours !== undefined) return t('lastHours', { hours });
    return t(within ? 'otherSpan' : 'ever');
  };
  return ({ definition, origin }: TraitOut) => {
    if (origin !== 'events') return t('byModel');
    const { event, aggregate, property, within } = definition as Record<string, string | undefined>;
    const known = aggregates.find(({ key }) => key === aggregate);
    const what = property ? t('of', { event, property }) : (event ?? '');
    const name = known ? inLanguage(known.label, language) : (aggregate ?? '');
    return t('words', { what, aggregate: name, when: when(within) });
  };
}
