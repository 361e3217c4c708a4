/** All that a customer has said to the use of his data: what holds, channel by channel, and the ledger with its proof. */
import { LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentsOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';

import { consentsQuery } from '../profile/queries';
import { ConsentDrawer } from './consent-drawer';
import { shownState, toneOf, useConsentWords } from './consent-words';
import { LinkDialog } from './link-dialog';

function Standing({ found }: { found: ConsentsOut }) {
  const { t } = useTranslation('customers');
  const { language, ...format } = useFormat();
  const words = useConsentWords();
  return (
    <SmallTable label={t('consents.standing')}>
      <thead>
        <tr>
          <th>{t('consents.purpose')}</th>
          <th>{t('consents.state')}</th>
          <th>{t('consents.mayUse')}</th>
          <th>{t('consents.since')}</th>
        </tr>
      </thead>
      <tbody>
        {found.purposes.map((one) => (
          <tr key={one.purpose}>
            <td>
              {inLanguage(one.name, language)}{' '}
              <span className="k-caption">{t('consents.version', { version: one.version })}</span>
            </td>
            <td>
              <Tag tone={toneOf(one.state)}>{words.state(shownState(one))}</Tag>
            </td>
            <td>
              {one.channels
                .filter((channel) => channel.may_use)
                .map((channel) => words.channel(channel.channel))
                .join(t('consents.comma')) || '—'}
            </td>
            <td className="k-nowrap">{one.said_at ? format.date(one.said_at) : '—'}</td>
          </tr>
        ))}
        <tr>
          <td>{t('consents.automation')}</td>
          <td>
            <Tag tone={toneOf(found.automation)}>{words.state(found.automation)}</Tag>
          </td>
          <td>{t('consents.automationHint')}</td>
          <td className="k-nowrap">
            {found.automation_said_at ? format.date(found.automation_said_at) : '—'}
          </td>
        </tr>
      </tbody>
    </SmallTable>
  );
}

function Ledger({ found }: { found: ConsentsOut }) {
  const { t } = useTranslation('customers');
  const { language, ...format } = useFormat();
  const words = useConsentWords();
  if (found.entries.length === 0) {
    return <EmptyState title={t('consents.noneTitle')} text={t('consents.noneText')} />;
  }
  return (
    <SmallTable label={t('consents.ledger')}>
      <thead>
        <tr>
          <th>{t('consents.saidAt')}</th>
          <th>{t('consents.said')}</th>
          <th>{t('consents.purpose')}</th>
          <th>{t('consents.channel')}</th>
          <th>{t('consents.by')}</th>
          <th>{t('consents.evidence')}</th>
        </tr>
      </thead>
      <tbody>
        {found.entries.map((entry) => (
          <tr key={entry.id}>
            <td className="k-nowrap">{format.legalTime(entry.said_at)}</td>
            <td>
              <Tag tone={entry.is_void ? 'neutral' : toneOf(entry.state)}>
                {entry.is_void ? <s>{words.state(entry.state)}</s> : words.state(entry.state)}
              </Tag>
              {entry.is_void && <div className="k-caption">{t('consents.void')}</div>}
            </td>
            <td style={{ minWidth: 120 }}>
              {entry.name ? inLanguage(entry.name, language) : t('consents.automation')}{' '}
              {entry.version > 0 && (
                <span className="k-caption" title={entry.notice_hash}>
                  {t('consents.version', { version: entry.version })}
                </span>
              )}
            </td>
            <td className="k-nowrap">{words.channel(entry.channel)}</td>
            <td className="k-nowrap">
              {[words.source(entry.source), entry.author].filter(Boolean).join(' ')}
            </td>
            <td style={{ minWidth: 160, overflowWrap: 'anywhere' }}>{entry.evidence || '—'}</td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function ConsentsTab({ customerId, name }: { customerId: string; name: string }) {
  const { t } = useTranslation('customers');
  const [isRecording, setRecording] = useState(false);
  const [isLink, setLink] = useState(false);
  const mayRecord = useCan()('consent.record');
  const answer = useQuery(consentsQuery(customerId));
  return (
    <QueryView query={answer}>
      {(found) => (
        <div className="k-stack">
          <Card
            title={t('consents.standing')}
            isPadded={false}
            extra={
              mayRecord && (
                <span className="k-row">
                  <Button size="small" icon={<LinkOutlined />} onClick={() => setLink(true)}>
                    {t('consents.link')}
                  </Button>
                  <Button
                    type="primary"
                    size="small"
                    icon={<PlusOutlined />}
                    onClick={() => setRecording(true)}
                  >
                    {t('consents.record')}
                  </Button>
                </span>
              )
            }
          >
            <Standing found={found} />
          </Card>
          <Card title={t('consents.ledger')} isPadded={false} extra={t('consents.ledgerHint')}>
            <Ledger found={found} />
          </Card>
          {isLink && <LinkDialog customerId={customerId} onClose={() => setLink(false)} />}
          {isRecording && (
            <ConsentDrawer
              customerId={customerId}
              name={name || t('list.nameless')}
              found={found}
              onClose={() => setRecording(false)}
            />
          )}
        </div>
      )}
    </QueryView>
  );
}
