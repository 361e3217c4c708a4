/** Values that identify nobody: those that people added, and behind a switch those that came with the product. */
import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addBlockedValue, removeBlockedValue } from '@/api/generated/sdk.gen';
import type { BlockedOut } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { SmallTable } from '@/components/layout/small-table';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import styles from './matching.module.css';
import { blockedQuery } from './queries';
import { TryValue } from './try-value';
import { useKindWords } from './words';

type Origin = 'own' | 'shipped';

const columns = {
  own: ['value', 'form', 'who', 'when', 'act'],
  shipped: ['value', 'form', 'act'],
} as const;

/** Removes at once, and offers to put the same entry back. */
function useRemove() {
  const { t } = useTranslation('resolve');
  const client = useQueryClient();
  const notify = useNotify();
  const refresh = () => client.invalidateQueries({ queryKey: blockedQuery.queryKey });
  const restore = async ({ kind, text, form }: BlockedOut) => {
    try {
      await addBlockedValue({ body: { kind, text, is_pattern: form === 'pattern' }, throwOnError: true });
      notify.done(t('matching.blocked.restored', { text }));
    } catch (problem) {
      notify.failed(problem);
    }
    await refresh();
  };
  return useMutation({
    mutationFn: async (entry: BlockedOut) => {
      await removeBlockedValue({ path: { entry_id: entry.id }, throwOnError: true });
    },
    onSuccess: (_, entry) =>
      notify.done(t('matching.blocked.removed', { text: entry.text }), () => void restore(entry)),
    onError: notify.failed,
    onSettled: refresh,
  });
}

function Entries({ entries, origin }: { entries: readonly BlockedOut[]; origin: Origin }) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  const words = useKindWords();
  const remove = useRemove();
  return (
    <SmallTable label={t('matching.blocked.title')}>
      <thead>
        <tr>
          {columns[origin].map((key) => (
            <th key={key} scope="col" data-align={key === 'act' ? 'end' : undefined}>
              {t(`matching.blocked.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <th scope="row" className={styles.value}>
              <span className="k-mono">{entry.text}</span>
              <span className="k-caption">{words.label(entry.kind_label)}</span>
            </th>
            <td>
              <Tag tone={entry.form === 'pattern' ? 'primary' : 'neutral'}>
                {t(`matching.blocked.forms.${entry.form}`)}
              </Tag>
            </td>
            {origin === 'own' && (
              <>
                <td>{entry.author?.name}</td>
                <td className="k-nowrap">{format.dateTime(entry.created_at)}</td>
              </>
            )}
            <td data-align="end">
              <Button
                size="small"
                danger
                aria-label={t('matching.blocked.removeOf', { text: entry.text })}
                loading={remove.isPending && remove.variables.id === entry.id}
                onClick={() => remove.mutate(entry)}
              >
                {t('matching.blocked.remove')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

function Body({ entries }: { entries: readonly BlockedOut[] }) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  const [origin, setOrigin] = useState<Origin>('own');
  const of: Record<Origin, readonly BlockedOut[]> = {
    own: entries.filter((entry) => entry.author !== null),
    shipped: entries.filter((entry) => entry.author === null),
  };
  return (
    <>
      <div className={styles.choose}>
        <Segmented<Origin>
          label={t('matching.blocked.show')}
          options={(['own', 'shipped'] as const).map((value) => ({
            value,
            label: t(`matching.blocked.${value}`, { number: format.count(of[value].length) }),
          }))}
          value={origin}
          onChange={setOrigin}
        />
      </div>
      {of[origin].length > 0 ? (
        <Entries entries={of[origin]} origin={origin} />
      ) : (
        <div className={styles.empty}>
          <EmptyState title={t('matching.blocked.emptyTitle')} text={t('matching.blocked.emptyText')} />
        </div>
      )}
    </>
  );
}

export function BlockedCard({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('resolve');
  const query = useQuery(blockedQuery);
  return (
    <Card
      title={t('matching.blocked.title')}
      isPadded={false}
      extra={
        <Button size="small" icon={<PlusOutlined />} onClick={onAdd}>
          {t('matching.blocked.add')}
        </Button>
      }
    >
      <p className={styles.lead}>{t('matching.blocked.text')}</p>
      <TryValue />
      <QueryView query={query}>{(entries) => <Body entries={entries} />}</QueryView>
    </Card>
  );
}
