/** 数据源: the systems that data comes from, with the trust that decides between their values. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SourceOut } from '@/api/generated/types.gen';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar, ListTools } from '@/components/grid/list-toolbar';
import { Page, PageHeader } from '@/components/layout/page';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { useCommand } from '@/lib/commands';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { sourcesQuery } from '../queries';
import { EditSourceDrawer } from './edit-source-drawer';
import { NewSourceDrawer } from './new-source-drawer';
import { useKindName } from './source-kinds';

function useColumns(): DataGridColumn<SourceOut>[] {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const kindName = useKindName();
  return [
    { key: 'name', label: t('sources.name'), width: 180, render: (row) => <b>{row.name}</b> },
    {
      key: 'key',
      label: t('sources.key'),
      width: 130,
      render: (row) => <span className="k-mono">{row.key}</span>,
    },
    { key: 'kind', label: t('sources.kind'), width: 120, render: (row) => kindName(row.kind) },
    {
      key: 'trust',
      label: t('sources.trust'),
      hint: t('sources.trustHint'),
      align: 'end',
      width: 90,
      render: (row) => format.count(row.trust),
    },
    { key: 'unit', label: t('sources.unit'), width: 160, render: (row) => row.unit.name },
    {
      key: 'last_import_at',
      label: t('sources.lastImport'),
      width: 150,
      render: (row) => format.near(row.last_import_at),
    },
    {
      key: 'rows',
      label: t('sources.rows'),
      hint: t('sources.rowsHint'),
      align: 'end',
      width: 110,
      render: (row) => format.count(row.rows_accepted),
    },
    {
      key: 'write_key',
      label: t('sources.writeKey'),
      width: 110,
      render: (row) =>
        row.write_key_hint ? (
          <span className="k-mono">{t('sources.keyEnds', { hint: row.write_key_hint })}</span>
        ) : (
          '—'
        ),
    },
    {
      key: 'state',
      label: t('sources.state'),
      width: 90,
      render: (row) =>
        row.is_active ? <Tag tone="success">{t('sources.active')}</Tag> : <Tag>{t('sources.inactive')}</Tag>,
    },
  ];
}

export function SourcesPage() {
  const { t } = useTranslation('collect');
  const navigate = useNavigate();
  const can = useCan();
  const canManage = can('source.manage');
  const { drawer, source } = useSearch({ from: '/frame/collect/sources' });
  const query = useQuery(sourcesQuery);
  const columns = useColumns();
  const rows = query.data?.filter((source) => source.kind !== 'manual');
  const open = canManage ? rows?.find(({ id }) => id === source) : undefined;
  const show = (next: 'new' | undefined) =>
    void navigate({ to: '/collect/sources', search: next ? { drawer: next } : {} });
  const edit = (row: SourceOut) => void navigate({ to: '/collect/sources', search: { source: row.id } });
  useShortcut({ keys: 'n', group: 'page', label: t('sources.new'), onPress: () => show('new') });
  useCommand({ key: 'source.new', label: t('sources.new'), keys: 'n', run: () => show('new') });
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => show('new')}>
      {t('sources.new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('sources.title')}
        subtitle={t('sources.subtitle')}
        actions={rows?.length ? create : undefined}
      />
      <ListToolbar tools={<ListTools id="sources" columns={columns} />}>{null}</ListToolbar>
      <DataGrid<SourceOut>
        id="sources"
        label={t('sources.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.id)}
        rowLabel={(row) => row.name}
        {...(canManage ? { onOpen: edit } : {})}
        count={rows && { value: rows.length, isExact: true }}
        isFetching={query.isPlaceholderData}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title={t('sources.emptyTitle')} text={t('sources.emptyText')} action={create} />}
      />
      {open && <EditSourceDrawer key={open.id} source={open} onClose={() => show(undefined)} />}
      <NewSourceDrawer isOpen={drawer === 'new'} onClose={() => show(undefined)} />
    </Page>
  );
}
