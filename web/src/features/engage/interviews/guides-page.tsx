/** 访谈: every guide, its state, and a first step for whoever begins. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GuideRow } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { NewGuideDrawer } from './new-guide-drawer';
import { guidesQuery } from './queries';
import { type GuideState, stateTones } from './words';

function GuidesTable({ rows }: { rows: readonly GuideRow[] }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  return (
    <SmallTable label={t('title')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('questions')}</th>
          <th>{t('version')}</th>
          <th>{t('state')}</th>
          <th>{t('updated')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to="/engage/interviews/$guideId" params={{ guideId: row.id }} className="k-link">
                {row.name}
              </Link>
              {row.goal && (
                <span className="k-caption" style={{ display: 'block' }}>
                  {row.goal}
                </span>
              )}
            </td>
            <td>{format.count(row.questions)}</td>
            <td>{row.version || '—'}</td>
            <td>
              <Status tone={stateTones[row.state as GuideState]}>
                {t(`states.${row.state as GuideState}`)}
              </Status>
            </td>
            <td className="k-nowrap">{format.near(row.updated_at)}</td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function GuidesPage() {
  const { t } = useTranslation('interviews');
  const navigate = useNavigate();
  const { drawer } = useSearch({ from: '/frame/engage/interviews' });
  const canManage = useCan()('survey.manage');
  const query = useQuery(guidesQuery);
  const show = (isNew: boolean) =>
    void navigate({ to: '/engage/interviews', search: isNew ? { drawer: 'new' } : {} });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), isActive: canManage, onPress: () => show(true) });
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => show(true)}>
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
              <EmptyState
                isPage
                title={t('emptyTitle')}
                text={t(canManage ? 'emptyText' : 'emptyReader')}
                action={button}
              />
            ) : (
              <Card isPadded={false}>
                <GuidesTable rows={rows} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {canManage && drawer === 'new' && <NewGuideDrawer onClose={() => show(false)} />}
    </Page>
  );
}
