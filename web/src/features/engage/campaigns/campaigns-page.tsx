/** 营销活动: every campaign with its state, and where to begin. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CampaignOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { campaignsQuery } from './queries';
import { useStateWords } from './use-state-words';

function Rows({ rows }: { rows: readonly CampaignOut[] }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const words = useStateWords();
  const when = (row: CampaignOut) => row.started_at ?? row.created_at;
  return (
    <SmallTable label={t('title')} rowHeight={52}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('state')}</th>
          <th>{t('segment')}</th>
          <th>{t('channel')}</th>
          <th>{t('when')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to="/engage/campaigns/$campaignId" params={{ campaignId: row.id }} className="k-link">
                {row.name}
              </Link>
            </td>
            <td>
              <Status tone={words.tone(row)}>{words.state(row)}</Status>
            </td>
            <td>{row.segment_name}</td>
            <td>{row.account_name}</td>
            <td className="k-nowrap">{format.dateTime(when(row))}</td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const canManage = useCan()('campaign.manage');
  const query = useQuery(campaignsQuery);
  const add = () => void navigate({ to: '/engage/campaigns/new' });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), isActive: canManage, onPress: add });
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={add}>
      {t('new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader frame="bar" title={t('title')} subtitle={t('subtitle')} actions={button} />
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={button} />
            ) : (
              <Card isPadded={false}>
                <Rows rows={rows} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
    </Page>
  );
}
