/** 生命周期, on the overview: the stages in the order of life with the one of now, since when, and those before. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listCustomerLifecycles } from '@/api/generated/sdk.gen';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './life-card.module.css';

const SHOWN = 5;

export function LifeCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('lifecycle');
  const format = useFormat();
  const { data = [] } = useQuery({
    queryKey: ['customers', customerId, 'lifecycles'],
    queryFn: async ({ signal }) =>
      (await listCustomerLifecycles({ path: { customer_id: customerId }, signal, throwOnError: true })).data,
  });
  return data.map((one) => {
    const now = one.stays.find((stay) => stay.left_at === null);
    return (
      <Card key={one.key} title={inLanguage(one.name, format.language)} isPadded={false}>
        <ol className={styles.strip}>
          {one.stages.map((stage) => (
            <li
              key={stage.key}
              title={inLanguage(stage.name, format.language)}
              data-now={stage.key === now?.stage}
              aria-current={stage.key === now?.stage ? 'step' : undefined}
            >
              {inLanguage(stage.name, format.language)}
            </li>
          ))}
        </ol>
        <ul className={styles.history}>
          {one.stays.slice(0, SHOWN).map((stay) => (
            <li key={stay.entered_at} className="k-small">
              <span>{inLanguage(stay.name, format.language)}</span>
              <span className="k-caption" title={stay.is_traced ? t('traced') : undefined}>
                {stay.left_at
                  ? t('fromTill', { from: format.date(stay.entered_at), till: format.date(stay.left_at) })
                  : t('sinceDay', { date: format.date(stay.entered_at) })}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    );
  });
}
