/** 审计: who did what, when, to the second, with its seal. Reading it is written into it too. */
import { DownloadOutlined, ReloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActorOut, AuditEventOut } from '@/api/generated/types.gen';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar, ListTools } from '@/components/grid/list-toolbar';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { Page, PageHeader } from '@/components/layout/page';
import { EmptyState } from '@/components/states/empty-state';
import { NoPermissionState } from '@/components/states/no-permission-state';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import styles from './audit.module.css';
import { AuditFilters } from './audit-filters';
import { DecisionMark } from './decision-mark';
import { EntryDrawer } from './entry-drawer';
import { auditQuery, exportAddress, PAGE_SIZE } from './queries';
import { type AuditSearch, isFiltered, toQuestion } from './search-params';
import { useAuditWords } from './use-words';

function useColumns(onOpen: (entry: AuditEventOut) => void): DataGridColumn<AuditEventOut>[] {
  const { t } = useTranslation('govern');
  const format = useFormat();
  const words = useAuditWords();
  return [
    {
      key: 'at',
      label: t('audit.time'),
      width: 170,
      render: (row) => (
        <time className={styles.time} dateTime={row.at} title={format.zone(row.at)}>
          {format.legalTime(row.at)}
        </time>
      ),
    },
    {
      key: 'actor',
      label: t('audit.who'),
      width: 130,
      render: (row) =>
        row.actor.id === null
          ? t('audit.system')
          : row.actor.name || t('audit.userNumber', { id: row.actor.id }),
    },
    {
      key: 'action',
      label: t('audit.what'),
      width: 380,
      render: (row) => (
        <button type="button" className={styles.open} onClick={() => onOpen(row)}>
          {words.sentence(row)}
        </button>
      ),
    },
    {
      key: 'object',
      label: t('audit.object'),
      width: 180,
      render: (row) =>
        row.object.kind ? (
          <>
            {words.object(row.object.kind)} <span className="k-caption">{words.reference(row)}</span>
          </>
        ) : (
          '—'
        ),
    },
    { key: 'reason', label: t('audit.reason'), width: 180, render: (row) => row.reason || '—' },
    {
      key: 'decision',
      label: t('audit.decision'),
      width: 100,
      render: (row) => <DecisionMark decision={row.decision} />,
    },
    {
      key: 'seal',
      label: t('audit.seal'),
      hint: t('audit.sealHint'),
      width: 110,
      render: (row) =>
        row.batch === null ? (
          <span className="k-caption">{t('audit.unsealed')}</span>
        ) : (
          t('audit.sealed', { number: row.batch })
        ),
    },
    {
      key: 'key',
      label: t('audit.key'),
      width: 150,
      isExtra: true,
      render: (row) => <span className="k-mono">{row.action}</span>,
    },
  ];
}

/** Everybody whom the pages so far have named, so that he can be chosen. */
function useSeenPeople(entries: readonly AuditEventOut[] | undefined): readonly ActorOut[] {
  const seen = useRef(new Map<number, ActorOut>());
  for (const { actor } of entries ?? []) {
    if (actor.id !== null) seen.current.set(actor.id, actor);
  }
  return [...seen.current.values()];
}

function AuditEmpty({ search, onClear }: { search: AuditSearch; onClear: () => void }) {
  const { t } = useTranslation('govern');
  if (!isFiltered(search)) return <EmptyState title={t('audit.emptyTitle')} text={t('audit.emptyText')} />;
  return (
    <EmptyState
      title={t('audit.noneTitle')}
      text={t('audit.noneText')}
      action={<Button onClick={onClear}>{t('audit.clear')}</Button>}
    />
  );
}

function AuditList() {
  const { t } = useTranslation('govern');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/govern/audit' });
  const question = toQuestion(search);
  const pages = useCursorPages(JSON.stringify(question), PAGE_SIZE);
  const query = useQuery(auditQuery(question, pages.cursor));
  const people = useSeenPeople(query.data?.items);
  const show = (next: AuditSearch) => void navigate({ to: '/govern/audit', search: next });
  const { entry: openId, ...filter } = search;
  const columns = useColumns((row) => show({ ...filter, entry: row.id }));
  const open = query.data?.items.find((row) => row.id === openId);
  const next = query.data?.next_cursor;
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('audit.title')}
        subtitle={t('audit.subtitle')}
        actions={
          <>
            <Button icon={<ReloadOutlined />} loading={query.isFetching} onClick={() => void query.refetch()}>
              {t('audit.refresh')}
            </Button>
            <Button icon={<DownloadOutlined />} href={exportAddress(question)} download="audit.csv">
              {t('audit.export')}
            </Button>
          </>
        }
      />
      <ListToolbar tools={<ListTools id="audit" columns={columns} />}>
        <AuditFilters search={search} people={people} onChange={show} />
        {isFiltered(search) && (
          <Button type="link" size="small" onClick={() => show({})}>
            {t('audit.clear')}
          </Button>
        )}
      </ListToolbar>
      <DataGrid<AuditEventOut>
        id="audit"
        label={t('audit.title')}
        columns={columns}
        rows={query.data?.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.action}
        onOpen={(row) => show({ ...filter, entry: row.id })}
        pages={{
          from: pages.from,
          onPrevious: pages.hasPrevious ? pages.goPrevious : undefined,
          onNext: next ? () => pages.goNext(next) : undefined,
        }}
        isFetching={query.isPlaceholderData}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<AuditEmpty search={search} onClear={() => show({})} />}
      />
      {open && <EntryDrawer entry={open} onClose={() => show(filter)} onFilter={show} />}
    </Page>
  );
}

export function AuditPage() {
  return useCan()('audit.read') ? <AuditList /> : <NoPermissionState />;
}
