/** 触达: whether he may be written to now and if not why, and what he was sent: by which campaign, and what came of it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactOut, StandingOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import styles from '../profile/profile.module.css';
import { contactsQuery } from '../profile/queries';

const FEW = 3;
const STATES = [
  'accepted',
  'skipped',
  'planned',
  'claimed',
  'refused',
  'unknown',
  'held',
  'stopped',
] as const;
const HEARD = ['opened', 'clicked', 'unsubscribed', 'bounced'] as const;

function May({ one }: { one: StandingOut }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const reason = inLanguage(one.reason_text, format.language);
  const said = {
    yes: t('contacts.yes'),
    no: t('contacts.no', { reason }),
    later: t('contacts.later', { at: one.at ? format.near(one.at) : '', reason }),
  }[one.state as 'yes' | 'no' | 'later'];
  return (
    <li className={styles.contact}>
      <span>
        {inLanguage(one.purpose, format.language)}
        <span className="k-caption"> · {inLanguage(one.channel, format.language)}</span>
      </span>
      {one.state === 'yes' ? <Tag tone="success">{said}</Tag> : <span className="k-caption">{said}</span>}
    </li>
  );
}

function Sent({ one }: { one: ContactOut }) {
  const { t } = useTranslation(['customers', 'campaigns']);
  const format = useFormat();
  const canRead = useCan()('campaign.read');
  const state = STATES.find((known) => known === one.state);
  const heard = HEARD.filter((kind) => one.receipts.includes(kind));
  const why = one.reason && one.state !== 'held' ? inLanguage(one.reason_text, format.language) : '';
  return (
    <li className={styles.contact}>
      <span className="k-grow">
        {canRead ? (
          <Link
            to="/engage/campaigns/$campaignId"
            params={{ campaignId: one.campaign_id }}
            className="k-link"
          >
            {one.name}
          </Link>
        ) : (
          one.name
        )}
        <span className="k-caption"> · {format.near(one.ended_at ?? one.planned_at)}</span>
      </span>
      <span className="k-row" style={{ gap: 4 }}>
        {heard.map((kind) => (
          <Tag key={kind} tone={kind === 'opened' || kind === 'clicked' ? 'primary' : 'warning'}>
            {t(`campaigns:kindsOfReceipt.${kind}`)}
          </Tag>
        ))}
        <span className="k-caption">{why || (state ? t(`contacts.states.${state}`) : one.state)}</span>
      </span>
    </li>
  );
}

export function ContactsCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customers');
  const [isLong, setLong] = useState(false);
  const { data } = useQuery(contactsQuery(customerId));
  if (!data || (data.standing.length === 0 && data.sent.length === 0)) return null;
  const shown = isLong ? data.sent : data.sent.slice(0, FEW);
  const more = data.sent.length - FEW;
  return (
    <Card
      title={t('contacts.title')}
      foot={
        more > 0 && !isLong ? (
          <Button type="link" size="small" onClick={() => setLong(true)}>
            {t('contacts.more', { count: more })}
          </Button>
        ) : undefined
      }
    >
      <div className="k-stack" style={{ gap: 8 }}>
        <ul className={styles.contacts} aria-label={t('contacts.may')}>
          {data.standing.map((one) => (
            <May key={`${one.purpose.en}-${one.channel.en}`} one={one} />
          ))}
        </ul>
        {shown.length === 0 ? (
          <span className="k-caption">{t('contacts.none')}</span>
        ) : (
          <ul className={styles.contacts} aria-label={t('contacts.sent')}>
            {shown.map((one) => (
              <Sent key={`${one.campaign_id}-${one.planned_at}`} one={one} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
