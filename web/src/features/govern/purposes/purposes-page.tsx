/** 同意与目的: what data may be used for, on what ground, and how many customers each purpose may take. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PurposeOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { PurposeDrawer } from './purpose-drawer';
import { purposesQuery } from './queries';
import { TermsDrawer } from './terms-drawer';
import { useWords } from './use-words';

function PurposesTable({ rows, onOpen }: { rows: readonly PurposeOut[]; onOpen: (key: string) => void }) {
  const { t } = useTranslation('govern');
  const format = useFormat();
  const words = useWords();
  return (
    <SmallTable label={t('purposes.title')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('purposes.purpose')}</th>
          <th>{t('purposes.basis')}</th>
          <th>{t('purposes.channels')}</th>
          <th>{t('purposes.retention')}</th>
          <th>{t('purposes.version')}</th>
          <th>{t('purposes.status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              <button type="button" className="k-plain-button k-link" onClick={() => onOpen(row.key)}>
                {words.label(row.name)}
              </button>
              <span className="k-caption" style={{ display: 'block' }}>
                {row.key}
              </span>
            </td>
            <td>{words.basis(row.current.legal_basis)}</td>
            <td>{words.channels(row.current.channels)}</td>
            <td className="k-nowrap">
              {t('purposes.days', { number: format.count(row.current.retention_days) })}
            </td>
            <td className="k-nowrap">
              {t('purposes.versionOf', { version: row.current.version })}
              <span className="k-caption" style={{ display: 'block' }}>
                {format.date(row.current.published_at)}
              </span>
            </td>
            <td>
              <Status tone={row.is_active ? 'success' : 'neutral'}>
                {t(row.is_active ? 'purposes.inUse' : 'purposes.off')}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function PurposesPage() {
  const { t } = useTranslation('govern');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/govern/purposes' });
  const canManage = useCan()('purpose.manage');
  const query = useQuery(purposesQuery);
  const show = (next: { purpose?: string; drawer?: 'new' | 'publish' }) =>
    void navigate({ to: '/govern/purposes', search: next });
  const add = () => show({ drawer: 'new' });
  useShortcut({ keys: 'n', group: 'page', label: t('purposes.new'), isActive: canManage, onPress: add });
  const { purpose, drawer } = search;
  const known = drawer === 'publish' ? query.data?.find(({ key }) => key === purpose) : undefined;
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={add}>
      {t('purposes.new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={t('purposes.title')}
        subtitle={t('purposes.subtitle')}
        actions={button}
      />
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                isPage
                title={t('purposes.emptyTitle')}
                text={t(canManage ? 'purposes.emptyText' : 'purposes.emptyReader')}
                action={button}
              />
            ) : (
              <Card isPadded={false}>
                <PurposesTable rows={rows} onOpen={(key) => show({ purpose: key })} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {purpose && drawer !== 'publish' && (
        <PurposeDrawer
          purposeKey={purpose}
          onPublish={canManage ? () => show({ purpose, drawer: 'publish' }) : undefined}
          onClose={() => show({})}
        />
      )}
      {canManage && (drawer === 'new' || known) && (
        <TermsDrawer known={known} onClose={() => show(purpose ? { purpose } : {})} />
      )}
    </Page>
  );
}
