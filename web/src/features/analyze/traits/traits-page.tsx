/** 指标: what is computed of every customer from events, how, of how many, and when it was last computed. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TraitOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { traitsQuery } from './queries';
import { TraitDrawer } from './trait-drawer';
import { useWords } from './use-words';

interface TableProps {
  rows: readonly TraitOut[];
  onOpen: ((key: string) => void) | undefined;
}

function TraitsTable({ rows, onOpen }: TableProps) {
  const { t } = useTranslation('traits');
  const format = useFormat();
  const words = useWords();
  return (
    <SmallTable label={t('title')} rowHeight={52}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('how')}</th>
          <th style={{ textAlign: 'right' }}>{t('holders')}</th>
          <th>{t('computed')}</th>
          <th>{t('status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const name = inLanguage(row.name, format.language);
          return (
            <tr key={row.key}>
              <td>
                {onOpen && row.origin === 'events' ? (
                  <button type="button" className="k-plain-button k-link" onClick={() => onOpen(row.key)}>
                    {name}
                  </button>
                ) : (
                  name
                )}
                <span className="k-caption" style={{ display: 'block' }}>
                  {row.used_for}
                </span>
              </td>
              <td>{words(row)}</td>
              <td style={{ textAlign: 'right' }}>{format.count(row.holders)}</td>
              <td className="k-nowrap">{row.computed_at ? format.dateTime(row.computed_at) : '—'}</td>
              <td>
                <Status tone={!row.is_active ? 'neutral' : row.computed_at ? 'success' : 'warning'}>
                  {t(!row.is_active ? 'off' : row.computed_at ? 'inUse' : 'waiting')}
                </Status>
              </td>
            </tr>
          );
        })}
      </tbody>
    </SmallTable>
  );
}

export function TraitsPage() {
  const { t } = useTranslation('traits');
  const navigate = useNavigate();
  const { trait, drawer } = useSearch({ from: '/frame/analyze/traits' });
  const canManage = useCan()('trait.manage');
  const query = useQuery(traitsQuery);
  const show = (search: { trait?: string; drawer?: 'new' }) =>
    void navigate({ to: '/analyze/traits', search });
  const add = () => show({ drawer: 'new' });
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
              <EmptyState
                isPage
                title={t('emptyTitle')}
                text={t(canManage ? 'emptyText' : 'emptyReader')}
                action={button}
              />
            ) : (
              <Card isPadded={false}>
                <TraitsTable rows={rows} onOpen={canManage ? (key) => show({ trait: key }) : undefined} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {canManage && (drawer === 'new' || trait) && (
        <TraitDrawer key={trait ?? 'new'} traitKey={trait} onClose={() => show({})} />
      )}
    </Page>
  );
}
