/** 标签: which words people may put on customers, what each means, and how many customers have it. */
import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateTag } from '@/api/generated/sdk.gen';
import type { TagOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { allTagsQuery, tagsKey } from './queries';
import { TagDialog } from './tag-dialog';
import styles from './tags.module.css';

interface RowActs {
  onChange: (tag: TagOut) => void;
  onArchive: (tag: TagOut) => void;
  onRestore: (tag: TagOut) => void;
}

interface RowProps {
  tag: TagOut;
  acts: RowActs | undefined;
}

function Row({ tag, acts }: RowProps) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <tr>
      <td>
        <span className="k-strong">{tag.name}</span>
        <span className={`k-caption ${styles.meaning}`}>{tag.meaning || t('tags.noMeaning')}</span>
      </td>
      <td className={styles.figure}>
        {tag.is_archived ? (
          <span className="k-caption">{t('tags.archived')}</span>
        ) : (
          <Link to="/customers" search={{ filter: [`tag:eq:${tag.id}`] }}>
            {format.count(tag.count)}
          </Link>
        )}
      </td>
      <td className="k-nowrap">
        {format.date(tag.created_at)}
        <span className={`k-caption ${styles.meaning}`}>{tag.author}</span>
      </td>
      {acts && (
        <td className="k-nowrap">
          {tag.is_archived ? (
            <Button type="link" size="small" onClick={() => acts.onRestore(tag)}>
              {t('tags.restore')}
            </Button>
          ) : (
            <>
              <Button type="link" size="small" onClick={() => acts.onChange(tag)}>
                {t('tags.change')}
              </Button>
              <Button type="link" size="small" onClick={() => acts.onArchive(tag)}>
                {t('tags.archive')}
              </Button>
            </>
          )}
        </td>
      )}
    </tr>
  );
}

function Tags({ tags, acts }: { tags: readonly TagOut[]; acts: RowActs | undefined }) {
  const { t } = useTranslation('customers');
  return (
    <Card isPadded={false}>
      <SmallTable label={t('tags.title')} rowHeight={56}>
        <thead>
          <tr>
            <th>{t('tags.name')}</th>
            <th className={styles.figure}>{t('tags.count')}</th>
            <th>{t('tags.made')}</th>
            {acts && <th>{t('tags.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {tags.map((tag) => (
            <Row key={tag.id} tag={tag} acts={acts} />
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}

function useArchiving() {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ tag, isArchived }: { tag: TagOut; isArchived: boolean }) =>
      updateTag({ path: { tag_id: tag.id }, body: { is_archived: isArchived }, throwOnError: true }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: tagsKey }),
        client.invalidateQueries({ queryKey: ['segments', 'vocabulary'] }),
      ]),
    onError: (problem, { isArchived }) => {
      if (!isArchived) notify.failed(problem); // the dialog tells the other one itself
    },
  });
}

export function TagsPage() {
  const { t } = useTranslation('customers');
  const canManage = useCan()('tag.manage');
  const query = useQuery(allTagsQuery);
  const archiving = useArchiving();
  const [edited, setEdited] = useState<{ tag?: TagOut }>();
  const [going, setGoing] = useState<TagOut>();
  const [wantsArchived, setWantsArchived] = useState(false);
  useBreadcrumb([{ label: t('tags.title') }]);
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited({})}>
      {t('tags.new')}
    </Button>
  );
  const acts = {
    onChange: (tag: TagOut) => setEdited({ tag }),
    onArchive: setGoing,
    onRestore: (tag: TagOut) => archiving.mutate({ tag, isArchived: false }),
  };
  return (
    <Page>
      <PageHeader frame="bar" title={t('tags.title')} subtitle={t('tags.subtitle')} actions={button} />
      <PageBody>
        <QueryView query={query}>
          {(tags) => {
            const shown = tags.filter((one) => wantsArchived || !one.is_archived);
            return (
              <div className="k-stack" style={{ gap: 12 }}>
                {tags.some((one) => one.is_archived) && (
                  <Checkbox
                    checked={wantsArchived}
                    onChange={(event) => setWantsArchived(event.target.checked)}
                  >
                    {t('tags.withArchived')}
                  </Checkbox>
                )}
                {shown.length === 0 ? (
                  <EmptyState title={t('tags.emptyTitle')} text={t('tags.emptyText')} action={button} />
                ) : (
                  <Tags tags={shown} acts={canManage ? acts : undefined} />
                )}
              </div>
            );
          }}
        </QueryView>
      </PageBody>
      {edited && <TagDialog tag={edited.tag} onClose={() => setEdited(undefined)} />}
      <ConfirmDialog
        isOpen={going !== undefined}
        title={t('tags.archiveTitle', { name: going?.name ?? '' })}
        confirmLabel={t('tags.archive')}
        onConfirm={() => going && archiving.mutateAsync({ tag: going, isArchived: true })}
        onClose={() => setGoing(undefined)}
      >
        {t('tags.archiveText', { count: going?.count ?? 0 })}
      </ConfirmDialog>
    </Page>
  );
}
