/** Customers as a card lists them: each with how often, and the way to his profile. */
import { useTranslation } from 'react-i18next';
import { PeopleList } from '@/components/customer/people-list';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { DrawnProps } from './axis-chart';
import { valueAt } from './queries';

export function WhoList({ answer }: DrawnProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  return (
    <PeopleList
      people={answer.axis.map(({ key, label }) => ({
        id: key,
        name: inLanguage(label, format.language),
        note: t('times', { count: valueAt(answer, key, '')?.times ?? 0 }),
      }))}
    />
  );
}
