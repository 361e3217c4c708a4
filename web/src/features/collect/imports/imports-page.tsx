/** 导入: every file that came in, newest first; those under way tell how far they are. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar, ListTools } from '@/components/grid/list-toolbar';
import { Page, PageHeader } from '@/components/layout/page';
import { EmptyState } from '@/components/states/empty-state';
import { useCommand } from '@/lib/commands';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { importsQuery } from '../queries';
import { kindOf } from './kind-of';
import { StateTag } from './state-tag';

function useFigureColumns(): DataGridColumn<ImportOut>[] {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const figure = (key: 'rows_read' | 'customers_created' | 'customers_updated' | 'rows_rejected') => ({
    key,
    label: t(`imports.${key}`),
    align: 'end' as const,
    width: 96,
    render: (row: ImportOut) => (row.started_at ? format.count(row[key]) : '—'),
  });
  return [
    figure('rows_read'),
    figure('customers_created'),
    figure('customers_updated'),
    figure('rows_rejected'),
  ];
}

function useColumns(): DataGridColumn<ImportOut>[] {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const figures = useFigureColumns();
  return [
    {
      key: 'file',
      label: t('imports.file'),
      width: 260,
      render: (row) => (
        <Link to="/collect/imports/$importId" params={{ importId: row.id }}>
          {row.file_name || t('imports.noName')}
        </Link>
      ),
    },
    { key: 'source', label: t('imports.source'), width: 140, render: (row) => row.source.name },
    { key: 'state', label: t('imports.state'), width: 210, render: (row) => <StateTag job={row} /> },
    ...figures,
    {
      key: 'who',
      label: t('imports.who'),
      width: 120,
      render: (row) => row.author || t('imports.automatic'),
    },
    { key: 'created_at', label: t('imports.when'), width: 150, render: (row) => format.near(row.created_at) },
    {
      key: 'size',
      label: t('imports.size'),
      width: 96,
      align: 'end',
      isExtra: true,
      render: (row) => format.size(row.file_size),
    },
    {
      key: 'kind',
      label: t('imports.kind'),
      width: 90,
      isExtra: true,
      render: (row) => t(`kind.${kindOf(row)}`),
    },
  ];
}

export function ImportsPage() {
  const { t } = useTranslation('collect');
  const navigate = useNavigate();
  const query = useQuery(importsQuery);
  const columns = useColumns();
  const start = () => void navigate({ to: '/collect/imports/new' });
  useShortcut({ keys: 'n', group: 'page', label: t('imports.new'), onPress: start });
  useCommand({ key: 'import.new', label: t('imports.new'), keys: 'n', run: start });
  const button = (
    <Button type="primary" icon={<PlusOutlined />} onClick={start}>
      {t('imports.new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('imports.title')}
        subtitle={t('imports.subtitle')}
        actions={query.data?.length ? button : undefined}
      />
      <ListToolbar tools={<ListTools id="imports" columns={columns} />}>{null}</ListToolbar>
      <DataGrid<ImportOut>
        id="imports"
        label={t('imports.title')}
        columns={columns}
        rows={query.data}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.file_name}
        onOpen={(row) => void navigate({ to: '/collect/imports/$importId', params: { importId: row.id } })}
        count={query.data && { value: query.data.length, isExact: true }}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title={t('imports.emptyTitle')} text={t('imports.emptyText')} action={button} />}
      />
    </Page>
  );
}
