/** 指标, on the overview: what was computed of the customer from what happened. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TraitValueOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from '../profile/profile.module.css';
import { traitsQuery } from '../profile/queries';

function useShown() {
  const { t } = useTranslation('traits');
  const format = useFormat();
  return ({ kind, number, text, unit }: TraitValueOut) => {
    if (text !== null) return text;
    if (number === null) return t('cardNone');
    const shown = format.count(Math.round(number * 100) / 100);
    if (kind === 'since') return t('days', { number: shown });
    return unit ? t('withUnit', { number: shown, unit }) : shown;
  };
}

export function TraitsCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('traits');
  const { language } = useFormat();
  const shown = useShown();
  const { data } = useQuery(traitsQuery(customerId));
  const own = (data ?? []).filter((one) => one.origin === 'events');
  if (own.length === 0) return null;
  return (
    <Card title={t('cardTitle')} isPadded={false}>
      <ul className={styles.sources}>
        {own.map((one) => (
          <li key={one.key} title={one.used_for}>
            <span className="k-grow k-small">{inLanguage(one.name, language)}</span>
            <span className={one.number === null && one.text === null ? 'k-caption' : 'k-small'}>
              {shown(one)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
