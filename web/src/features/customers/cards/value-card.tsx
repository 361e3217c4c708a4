/** 价值, on the overview: the tier of each model of value, since when, and the figures that put the customer there. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TraitValueOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from '../profile/profile.module.css';
import { traitsQuery } from '../profile/queries';

function Why({ held }: { held: readonly TraitValueOut[] }) {
  const { t } = useTranslation('rfm');
  const format = useFormat();
  const of = (part: string) => held.find((one) => one.part === part)?.number ?? 0;
  const figures = { r: of('r'), f: of('f'), m: of('m'), days: of('last') };
  return (
    <span className="k-caption">
      {t('whyRfm', {
        ...figures,
        times: format.count(of('times')),
        amount: format.amount(String(Math.round(of('amount')))),
      })}
    </span>
  );
}

export function ValueCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('rfm');
  const format = useFormat();
  const { data = [] } = useQuery(traitsQuery(customerId));
  const tiers = data.filter((one) => one.part === 'tier' && one.text !== null);
  if (tiers.length === 0) return null;
  return (
    <Card title={t('cardTitle')} isPadded={false}>
      <ul className={styles.sources}>
        {tiers.map((one) => (
          <li key={one.key} title={one.used_for} className="k-wrap">
            <span className="k-grow k-small">{inLanguage(one.name, format.language).split(' · ')[0]}</span>
            <Tag tone="primary">{one.label ? inLanguage(one.label, format.language) : one.text}</Tag>
            {one.as_of && <span className="k-caption">{t('since', { date: format.date(one.as_of) })}</span>}
            {one.origin === 'rfm' && <Why held={data.filter(({ model }) => model === one.model)} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
