/** What a campaign did: people apart from machines, each variant beside those held out, with how sure it is. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CampaignDetails, CampaignResultsOut, IntervalOut, TallyOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Figures } from '@/components/layout/figures';
import { SmallTable } from '@/components/layout/small-table';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { resultsQuery } from './queries';

const PERCENT = 100;
const percent = (value: number) => (value * PERCENT).toFixed(1);

function useRate() {
  const { t } = useTranslation('campaigns');
  return (one: IntervalOut | null) =>
    one ? t('rate', { value: percent(one.value), low: percent(one.low), high: percent(one.high) }) : '—';
}

function sum(found: CampaignResultsOut, of: (one: TallyOut) => number | undefined): number {
  return found.variants.reduce((total, one) => total + (of(one) ?? 0), 0);
}

function Sums({ found, campaignId }: { found: CampaignResultsOut; campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const navigate = useNavigate();
  const open = (show: string) => () =>
    void navigate({
      to: '/engage/campaigns/$campaignId',
      params: { campaignId },
      search: { tab: 'recipients', ...(show ? { show } : {}) },
    });
  const sent = sum(found, (one) => one.sent);
  const share = (count: number) => (sent ? t('ofSent', { share: percent(count / sent) }) : undefined);
  const people = (kind: string) => sum(found, (one) => one.receipts[kind]);
  const machines = (kind: string) => sum(found, (one) => one.machine[kind]);
  const figure = (key: 'opened' | 'clicked' | 'unsubscribed' | 'bounced') => {
    const apart = machines(key);
    return {
      key,
      label: t(`kindsOfReceipt.${key}`),
      value: format.count(people(key)),
      basis: apart > 0 ? t('machines', { count: apart, number: format.count(apart) }) : share(people(key)),
      onOpen: open(key),
    };
  };
  return (
    <Figures
      figures={[
        {
          key: 'drawn',
          label: t('drawn'),
          value: format.count(sum(found, (one) => one.drawn) + found.held.drawn),
          basis: found.held.drawn ? t('heldOut', { number: format.count(found.held.drawn) }) : undefined,
          onOpen: open(''),
        },
        { key: 'sent', label: t('sent'), value: format.count(sent), onOpen: open('accepted') },
        figure('opened'),
        figure('clicked'),
        figure('unsubscribed'),
        figure('bounced'),
      ]}
    />
  );
}

function Variants({ found }: { found: CampaignResultsOut }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const rate = useRate();
  const rows = [...found.variants, ...(found.held.drawn ? [found.held] : [])];
  return (
    <Card title={t('variants')} isPadded={false}>
      <SmallTable label={t('variants')} rowHeight={48}>
        <thead>
          <tr>
            <th>{t('variant')}</th>
            <th>{t('drawn')}</th>
            <th>{t('sent')}</th>
            <th>{t('openRate')}</th>
            <th>{t('clickRate')}</th>
            <th>{t('conversion')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.key}>
              <td>{one.key || t('holdoutGroup')}</td>
              <td>{format.count(one.drawn)}</td>
              <td>{format.count(one.sent)}</td>
              <td>{rate(one.open_rate)}</td>
              <td>{rate(one.click_rate)}</td>
              <td>{rate(one.conversion)}</td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}

function Uplift({ found }: { found: CampaignResultsOut }) {
  const { t } = useTranslation('campaigns');
  if (found.is_suspicious) return <Note tone="error">{t('suspicious')}</Note>;
  if (!found.uplift) return null;
  const { value, low, high } = found.uplift;
  const told = { value: percent(Math.abs(value)), low: percent(low), high: percent(high) };
  const isClear = low > 0 || high < 0;
  return (
    <Note tone={isClear ? 'primary' : 'neutral'}>
      {t(value >= 0 ? 'upliftMore' : 'upliftLess', told)} {t(isClear ? 'upliftClear' : 'upliftUnclear')}
    </Note>
  );
}

function Reasons({ found }: { found: CampaignResultsOut }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const counts = new Map<string, { text: string; count: number }>();
  for (const one of found.variants) {
    for (const { reason, text, count } of one.reasons) {
      const held = counts.get(reason)?.count ?? 0;
      counts.set(reason, { text: inLanguage(text, format.language), count: held + count });
    }
  }
  if (counts.size === 0) return null;
  return (
    <Card title={t('whyNot')} isPadded={false}>
      <SmallTable label={t('whyNot')}>
        <tbody>
          {[...counts].map(([reason, { text, count }]) => (
            <tr key={reason}>
              <td>{text}</td>
              <td style={{ textAlign: 'right' }}>{format.count(count)}</td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}

export function Results({ campaign }: { campaign: CampaignDetails }) {
  const query = useQuery(resultsQuery(campaign.id, campaign.state));
  return (
    <QueryView query={query}>
      {(found) => (
        <>
          <Sums found={found} campaignId={campaign.id} />
          <Uplift found={found} />
          <Variants found={found} />
          <Reasons found={found} />
        </>
      )}
    </QueryView>
  );
}
