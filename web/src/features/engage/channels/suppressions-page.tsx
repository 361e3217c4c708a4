/** 不联系名单: addresses that nobody sends to. Shown masked; found by a whole address only. */
import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportSuppressions, removeSuppression } from '@/api/generated/sdk.gen';
import type { SuppressionOut } from '@/api/generated/types.gen';
import { ReasonDialog } from '@/components/dialogs/reason-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { giveFile } from '@/lib/http/give-file';
import type { Resources } from '@/locales/zh-cn';
import styles from './channels.module.css';
import { suppressionsQuery } from './queries';
import { AddDialog, ImportDialog } from './suppression-dialogs';

type Reason = keyof Resources['channels']['suppressions']['reasons'];
const HIDDEN = '******';

async function download(): Promise<void> {
  const { data } = await exportSuppressions({ parseAs: 'blob', throwOnError: true });
  giveFile(data as Blob, 'suppressions.csv');
}

function Entries({
  rows,
  onRemove,
}: {
  rows: readonly SuppressionOut[];
  onRemove: (row: SuppressionOut) => void;
}) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const shown = (address: string) => (address === HIDDEN ? t('suppressions.unknown') : address);
  return (
    <SmallTable label={t('suppressions.title')}>
      <thead>
        <tr>
          <th>{t('suppressions.address')}</th>
          <th>{t('suppressions.channel')}</th>
          <th>{t('suppressions.reason')}</th>
          <th>{t('suppressions.since')}</th>
          <th>
            <span className="k-unseen">{t('suppressions.remove')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="k-mono">{shown(row.address)}</td>
            <td>{t(row.channel === 'webhook' ? 'kinds.webhook' : 'kinds.email')}</td>
            <td>{t(`suppressions.reasons.${row.reason as Reason}`)}</td>
            <td>{format.near(row.created_at)}</td>
            <td>
              <Button size="small" onClick={() => onRemove(row)}>
                {t('suppressions.remove')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

function Search({ onFind }: { onFind: (address: string) => void }) {
  const { t } = useTranslation('channels');
  const [text, setText] = useState('');
  return (
    <search>
      <form
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          onFind(text.trim());
        }}
      >
        <Input
          aria-label={t('suppressions.search')}
          placeholder={t('suppressions.searchPlaceholder')}
          value={text}
          allowClear
          maxLength={320}
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value === '') onFind('');
          }}
        />
        <Button htmlType="submit">{t('suppressions.find')}</Button>
      </form>
    </search>
  );
}

function useRemove() {
  const { t } = useTranslation('channels');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async ({ id, reason }: { id: string; reason: string }) => {
      await removeSuppression({ path: { suppression_id: id }, body: { reason }, throwOnError: true });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['suppressions'] });
      notify.done(t('suppressions.removed'));
    },
  });
}

function Actions({ onOpen }: { onOpen: (which: 'add' | 'import') => void }) {
  const { t } = useTranslation('channels');
  const notify = useNotify();
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => onOpen('import')}>
        {t('suppressions.import')}
      </Button>
      <Button icon={<DownloadOutlined />} onClick={() => void download().catch(notify.failed)}>
        {t('suppressions.export')}
      </Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => onOpen('add')}>
        {t('suppressions.add')}
      </Button>
    </>
  );
}

export function SuppressionsPage() {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const [address, setAddress] = useState('');
  const [open, setOpen] = useState<'add' | 'import' | null>(null);
  const [leaving, setLeaving] = useState<SuppressionOut | null>(null);
  const query = useQuery(suppressionsQuery(address));
  const remove = useRemove();
  const empty = address
    ? { title: t('suppressions.noneTitle'), text: t('suppressions.noneText') }
    : { title: t('suppressions.emptyTitle'), text: t('suppressions.emptyText') };
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={t('suppressions.title')}
        subtitle={t('suppressions.subtitle')}
        actions={<Actions onOpen={setOpen} />}
      />
      <PageBody>
        <div className="k-stack">
          <Search onFind={setAddress} />
          <QueryView query={query}>
            {({ items, total }) =>
              items.length === 0 ? (
                <EmptyState isPage {...empty} />
              ) : (
                <Card
                  isPadded={false}
                  foot={
                    <span className="k-caption">
                      {t('suppressions.total', { count: total, shown: format.count(items.length) })}
                    </span>
                  }
                >
                  <Entries rows={items} onRemove={setLeaving} />
                </Card>
              )
            }
          </QueryView>
        </div>
      </PageBody>
      <AddDialog isOpen={open === 'add'} onClose={() => setOpen(null)} />
      <ImportDialog isOpen={open === 'import'} onClose={() => setOpen(null)} />
      <ReasonDialog
        isOpen={leaving !== null}
        title={t('suppressions.removeTitle', { address: leaving?.address ?? '' })}
        confirmLabel={t('suppressions.remove')}
        isDestructive
        onConfirm={(reason) => (leaving ? remove.mutateAsync({ id: leaving.id, reason }) : undefined)}
        onClose={() => setLeaving(null)}
      >
        {t('suppressions.removeText')}
      </ReasonDialog>
    </Page>
  );
}
