/** 名单: what was pasted or uploaded, how much of it led to customers, and how many of them are on it now. */
import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateCustomerList } from '@/api/generated/sdk.gen';
import type { CustomerListOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import styles from '../segments.module.css';
import { ListDrawer } from './list-drawer';
import { listsQuery } from './queries';

interface RowProps {
  list: CustomerListOut;
  canManage: boolean;
  onChange: (list: CustomerListOut) => void;
  onArchive: (list: CustomerListOut) => void;
}

function Row({ list, canManage, onChange, onArchive }: RowProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const navigate = useNavigate();
  const [latest] = list.versions;
  return (
    <tr>
      <td className={styles.nameColumn}>
        <div className={styles.nameCell}>
          <span className="k-strong">{list.name}</span>
          {latest && (
            <span className="k-caption">
              {t('lists.line', {
                given: format.count(latest.given),
                matched: format.count(latest.matched),
                unmatched: format.count(latest.unmatched),
              })}
            </span>
          )}
        </div>
      </td>
      <td className={styles.figureColumn}>{format.count(list.count)}</td>
      <td className="k-nowrap">
        {latest && format.near(latest.made_at)}
        <span className="k-caption" style={{ display: 'block' }}>
          {t('versionNumber', { number: list.version })}
          {latest?.author && ` · ${latest.author}`}
        </span>
      </td>
      {canManage && (
        <td className="k-nowrap">
          <Button
            type="link"
            size="small"
            onClick={() => void navigate({ to: '/analyze/segments/new', search: { list: list.id } })}
          >
            {t('lists.toSegment')}
          </Button>
          <Button type="link" size="small" onClick={() => onChange(list)}>
            {t('lists.update')}
          </Button>
          <Button type="link" size="small" onClick={() => onArchive(list)}>
            {t('archive.button')}
          </Button>
        </td>
      )}
    </tr>
  );
}

function Lists({ rows, ...more }: { rows: readonly CustomerListOut[] } & Omit<RowProps, 'list'>) {
  const { t } = useTranslation('segments');
  return (
    <Card isPadded={false}>
      <SmallTable label={t('lists.title')} rowHeight={56}>
        <thead>
          <tr>
            <th>{t('name')}</th>
            <th className={styles.figureColumn}>{t('lists.customers')}</th>
            <th>{t('lists.updated')}</th>
            {more.canManage && <th>{t('lists.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((list) => (
            <Row key={list.id} list={list} {...more} />
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}

export function ListsPage() {
  const { t } = useTranslation('segments');
  const client = useQueryClient();
  const canManage = useCan()('segment.manage');
  const query = useQuery(listsQuery);
  const [open, setOpen] = useState<{ list?: CustomerListOut }>();
  const [going, setGoing] = useState<CustomerListOut>();
  useBreadcrumb([{ label: t('lists.title') }]);
  const archiving = useMutation({
    mutationFn: (list: CustomerListOut) =>
      updateCustomerList({ path: { list_id: list.id }, body: { is_archived: true }, throwOnError: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['segments', 'lists'] }),
  });
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({})}>
      {t('lists.new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader frame="bar" title={t('lists.title')} subtitle={t('lists.subtitle')} actions={button} />
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title={t('lists.emptyTitle')} text={t('lists.emptyText')} action={button} />
            ) : (
              <Lists
                rows={rows}
                canManage={canManage}
                onChange={(list) => setOpen({ list })}
                onArchive={setGoing}
              />
            )
          }
        </QueryView>
      </PageBody>
      {open && <ListDrawer list={open.list} onClose={() => setOpen(undefined)} />}
      <ConfirmDialog
        isOpen={going !== undefined}
        title={t('lists.archiveTitle', { name: going?.name ?? '' })}
        confirmLabel={t('archive.button')}
        onConfirm={() => going && archiving.mutateAsync(going)}
        onClose={() => setGoing(undefined)}
      >
        {t('lists.archiveText')}
      </ConfirmDialog>
    </Page>
  );
}
