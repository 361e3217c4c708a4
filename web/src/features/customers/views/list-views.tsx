/** Views as tabs: everybody, one's own customers, then what was saved. A view holds filters, order, columns and row height. */
import { EllipsisOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteView, listViews, updateView } from '@/api/generated/sdk.gen';
import type { CustomerRow, ViewOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { type DataGridColumn, useListShape } from '@/components/grid/columns';
import { type ListView, Views } from '@/components/grid/views';
import { setListShape } from '@/lib/preferences';
import { useMe } from '@/lib/session/me';
import { sortOf } from '../list/queries';
import type { ListState } from '../list/use-list';
import { SaveViewDialog } from './save-view-dialog';

const LIST = 'customers';
const ALL = 'all';
const MINE = 'mine';
const viewsKey = ['views'];

const isSame = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

/** The view in which the reader stands, and whether he changed it. */
function useView(list: ListState, columns: readonly DataGridColumn<CustomerRow>[]) {
  const me = useMe();
  const shape = useListShape(LIST, columns);
  const { data: saved = [] } = useQuery({
    queryKey: viewsKey,
    queryFn: async ({ signal }) => (await listViews({ signal, throwOnError: true })).data,
  });
  const mineFilter = [`owner:eq:${me.user.id}`];
  const { filters, sort } = list.question;
  const definition = {
    filters: [...filters],
    sort: sortOf({ text: '', sort }),
    columns: shape.visible.map((column) => column.key),
    density: shape.density,
  };
  const view = saved.find((known) => known.id === list.search.view);
  const isMine = !view && isSame(filters, mineFilter);
  const active = view?.id ?? (isMine ? MINE : ALL);
  const isChanged = view
    ? !isSame(view.definition.filters, filters) ||
      view.definition.sort !== definition.sort ||
      (view.definition.columns.length > 0 && !isSame(view.definition.columns, definition.columns))
    : !isMine && filters.length > 0;
  return { saved, view, active, isChanged, definition, mineFilter };
}

function ViewMenu({ view, onDelete }: { view: ViewOut; onDelete: () => void }) {
  const { t } = useTranslation('customers');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'delete', label: t('views.delete', { name: view.name }), danger: true, onClick: onDelete },
        ],
      }}
    >
      <Button type="text" size="small" icon={<EllipsisOutlined />} aria-label={t('views.menu')} />
    </Dropdown>
  );
}

interface ListViewsProps {
  list: ListState;
  columns: readonly DataGridColumn<CustomerRow>[];
}

export function ListViews({ list, columns }: ListViewsProps) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  const [dialog, setDialog] = useState<'save' | 'delete'>();
  const { saved, view, active, isChanged, definition, mineFilter } = useView(list, columns);
  const shown: ListView[] = [
    { key: ALL, label: t('views.all') },
    { key: MINE, label: t('views.mine') },
    ...saved.map((known) => ({
      key: known.id,
      label: known.is_mine ? known.name : t('views.by', { name: known.name, owner: known.owner.name }),
      kind: known.is_shared ? ('shared' as const) : ('own' as const),
    })),
  ];
  const choose = (key: string) => {
    const chosen = saved.find((known) => known.id === key);
    if (!chosen) {
      list.change({ view: undefined, sort: undefined, filter: key === MINE ? mineFilter : undefined });
      return;
    }
    const { filters, sort, columns: keys, density } = chosen.definition;
    list.change({ view: key, sort, filter: filters.length > 0 ? filters : undefined });
    setListShape(LIST, {
      ...(keys.length > 0 ? { columns: keys } : {}),
      density: density === 'compact' ? 'compact' : 'comfortable',
    });
  };
  const refresh = () => client.invalidateQueries({ queryKey: viewsKey });
  const save = async () => {
    if (!view) return;
    try {
      await updateView({ path: { view_id: view.id }, body: { definition }, throwOnError: true });
      await refresh();
      notify.done(t('views.saved', { name: view.name }));
    } catch (problem) {
      notify.failed(problem);
    }
  };
  const remove = async () => {
    if (!view) return;
    await deleteView({ path: { view_id: view.id }, throwOnError: true });
    choose(ALL);
    await refresh();
    notify.done(t('views.deleted', { name: view.name }));
  };
  return (
    <>
      <Views
        views={shown}
        active={active}
        onChange={choose}
        isChanged={isChanged}
        side={view?.is_mine && <ViewMenu view={view} onDelete={() => setDialog('delete')} />}
        {...(view?.is_mine ? { onSave: () => void save() } : {})}
        onSaveAs={() => setDialog('save')}
      />
      <SaveViewDialog
        isOpen={dialog === 'save'}
        definition={definition}
        onSaved={async (made) => {
          await refresh();
          list.change({ view: made.id, sort: made.definition.sort });
          notify.done(t('views.saved', { name: made.name }));
        }}
        onClose={() => setDialog(undefined)}
      />
      <ConfirmDialog
        isOpen={dialog === 'delete'}
        title={t('views.deleteTitle', { name: view?.name ?? '' })}
        confirmLabel={t('views.deleteConfirm')}
        isDestructive
        onConfirm={remove}
        onClose={() => setDialog(undefined)}
      >
        {view?.is_shared ? t('views.deleteShared') : t('views.deleteOwn')}
      </ConfirmDialog>
    </>
  );
}
