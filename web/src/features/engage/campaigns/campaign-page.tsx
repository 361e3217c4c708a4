/** One campaign: how it stands, what may be done next, what it did, and who was sent what or why not. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CampaignDetails } from '@/api/generated/types.gen';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { Note } from '@/components/marks/note';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { Actions } from './actions';
import { Plan } from './plan/plan';
import { campaignQuery } from './queries';
import { Recipients } from './recipients';
import { Results } from './results';
import { useStateWords } from './use-state-words';

function Approval({ campaign }: { campaign: CampaignDetails }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { approval } = campaign;
  if (campaign.state === 'draft' && !approval) return <Note>{t('draftNote')}</Note>;
  if (!approval) return null;
  if (approval.state === 'open') {
    return (
      <Note tone="warning">
        {t('waitsFor', { asker: approval.asker, at: format.dateTime(approval.asked_at) })}
      </Note>
    );
  }
  const told = {
    decider: approval.decider,
    at: approval.decided_at ? format.dateTime(approval.decided_at) : '',
    note: approval.note,
  };
  if (approval.state === 'rejected') return <Note tone="error">{t('sentBack', told)}</Note>;
  if (campaign.state === 'draft' && !approval.is_valid)
    return <Note tone="warning">{t('changedSince')}</Note>;
  return <Note tone="primary">{t('approvedBy', told)}</Note>;
}

function Body({ campaign }: { campaign: CampaignDetails }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const words = useStateWords();
  const { tab = 'results' } = useSearch({ from: '/frame/engage/campaigns/$campaignId' });
  const tabs = [
    { key: 'results' as const, label: t('results') },
    { key: 'recipients' as const, label: t('recipients') },
    { key: 'plan' as const, label: t('plan') },
  ];
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={campaign.name}
        tags={<Tag tone={words.tone(campaign)}>{words.state(campaign)}</Tag>}
        subtitle={t('what', { segment: campaign.segment_name, channel: campaign.account_name })}
        actions={<Actions campaign={campaign} />}
      />
      <PageBody>
        <Approval campaign={campaign} />
        {campaign.state === 'draft' && <Plan campaign={campaign} />}
        {campaign.state !== 'draft' && (
          <>
            <PageTabs
              label={campaign.name}
              tabs={tabs}
              active={tab}
              onChange={(next) =>
                void navigate({
                  to: '/engage/campaigns/$campaignId',
                  params: { campaignId: campaign.id },
                  search: { tab: next },
                })
              }
            />
            {tab === 'results' && <Results campaign={campaign} />}
            {tab === 'recipients' && <Recipients campaign={campaign} />}
            {tab === 'plan' && <Plan campaign={campaign} />}
          </>
        )}
      </PageBody>
    </Page>
  );
}

export function CampaignPage() {
  const { campaignId } = useParams({ from: '/frame/engage/campaigns/$campaignId' });
  const query = useQuery(campaignQuery(campaignId));
  return <QueryView query={query}>{(campaign) => <Body campaign={campaign} />}</QueryView>;
}
