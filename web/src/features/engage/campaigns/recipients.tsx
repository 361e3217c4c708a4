/** Everybody who was drawn, with what he was sent, or why not. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDetails, RecipientOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { HEARD, recipientsQuery } from './queries';

const STATES = ['accepted', 'skipped', 'planned', 'refused', 'unknown', 'held', 'stopped'] as const;

function Rows({ rows }: { rows: readonly RecipientOut[] }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const state = (row: RecipientOut) => STATES.find((one) => one === row.state);
  const receipts = (row: RecipientOut) =>
    HEARD.filter((kind) => row.receipts.includes(kind))
      .map((kind) => t(`kindsOfReceipt.${kind}`))
      .join(' · ');
  return (
    <SmallTable label={t('recipients')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('customer')}</th>
          <th>{t('variant')}</th>
          <th>{t('state')}</th>
          <th>{t('reason')}</th>
          <th>{t('heard')}</th>
          <th>{t('when')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const known = state(row);
          return (
            <tr key={row.send_id}>
              <td>
                <Link to="/customers/$id" params={{ id: row.customer_id }} className="k-link">
                  {row.name || row.customer_id.slice(0, 8)}
                </Link>
              </td>
              <td>{row.variant || '—'}</td>
              <td>{known ? t(`sendStates.${known}`) : row.state}</td>
              <td>{row.reason ? inLanguage(row.reason_text, format.language) : ''}</td>
              <td>{receipts(row)}</td>
              <td className="k-nowrap">{format.dateTime(row.ended_at ?? row.not_before)}</td>
            </tr>
          );
        })}
      </tbody>
    </SmallTable>
  );
}

export function Recipients({ campaign }: { campaign: CampaignDetails }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const { show = '' } = useSearch({ from: '/frame/engage/campaigns/$campaignId' });
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const query = useQuery(
    recipientsQuery(campaign.id, { campaign: campaign.state, show, cursor: cursors.at(-1) }),
  );
  const choose = (next: string) => {
    setCursors([]);
    void navigate({
      to: '/engage/campaigns/$campaignId',
      params: { campaignId: campaign.id },
      search: { tab: 'recipients', ...(next ? { show: next } : {}) },
    });
  };
  const all = [
    { value: '', label: t('everyState') },
    { label: t('state'), options: STATES.map((one) => ({ value: one, label: t(`sendStates.${one}`) })) },
    { label: t('heard'), options: HEARD.map((one) => ({ value: one, label: t(`kindsOfReceipt.${one}`) })) },
  ];
  return (
    <Card
      title={t('recipients')}
      extra={
        <Select aria-label={t('show')} value={show} options={all} style={{ width: 180 }} onChange={choose} />
      }
      isPadded={false}
    >
      <QueryView query={query}>
        {(page) => (
          <>
            <Rows rows={page.items} />
            <div className="k-row" style={{ padding: 12 }}>
              <span className="k-grow k-caption">{page.items.length === 0 && t('nobodyHere')}</span>
              {cursors.length > 0 && (
                <Button onClick={() => setCursors(cursors.slice(0, -1))}>{t('back')}</Button>
              )}
              {page.next_cursor && (
                <Button onClick={() => setCursors([...cursors, page.next_cursor ?? ''])}>{t('next')}</Button>
              )}
            </div>
          </>
        )}
      </QueryView>
    </Card>
  );
}
