/** 同意, on the overview: for what the customer may be reached, in a glance. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HeldOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';

import styles from '../profile/profile.module.css';
import { consentsQuery } from '../profile/queries';
import { shownState, toneOf, useConsentWords } from './consent-words';

function useLine() {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const words = useConsentWords();
  return ({ channels, said_at: at }: HeldOut) => {
    const open = channels.filter((one) => one.may_use).map((one) => words.channel(one.channel));
    const reach =
      open.length > 0 && open.length < channels.length
        ? t('consents.only', { channels: open.join(t('consents.comma')) })
        : open.join(t('consents.comma'));
    const since = at ? t('ties.since', { date: format.date(at) }) : '';
    return [reach, since].filter(Boolean).join(t('ties.comma'));
  };
}

export function ConsentsCard({ customerId, onAll }: { customerId: string; onAll: () => void }) {
  const { t } = useTranslation('customers');
  const { language } = useFormat();
  const words = useConsentWords();
  const lineOf = useLine();
  const { data } = useQuery(consentsQuery(customerId));
  if (!data || (data.purposes.length === 0 && data.automation === 'not_objected')) return null;
  return (
    <Card
      title={t('consents.title')}
      isPadded={false}
      extra={
        <Button type="link" size="small" onClick={onAll}>
          {t('consents.all')}
        </Button>
      }
    >
      <ul className={styles.sources}>
        {data.purposes.map((one) => (
          <li key={one.purpose}>
            <span className="k-grow">
              <span className="k-small">{inLanguage(one.name, language)}</span>
              <span className="k-caption" style={{ display: 'block' }}>
                {lineOf(one)}
              </span>
            </span>
            <Tag tone={toneOf(one.state)}>{words.state(shownState(one))}</Tag>
          </li>
        ))}
        <li>
          <span className="k-grow">
            <span className="k-small">{t('consents.automation')}</span>
            <span className="k-caption" style={{ display: 'block' }}>
              {t('consents.automationHint')}
            </span>
          </span>
          <Tag tone={toneOf(data.automation)}>{words.state(data.automation)}</Tag>
        </li>
      </ul>
    </Card>
  );
}
