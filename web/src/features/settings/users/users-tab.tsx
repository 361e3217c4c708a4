/** Everybody who works with Kehu, found by name, address or unit. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserOut } from '@/api/generated/types.gen';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar, ListTools, SearchBox } from '@/components/grid/list-toolbar';
import { Segmented } from '@/components/layout/segmented';
import { Avatar } from '@/components/marks/avatar';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { useFormat } from '@/lib/format/use-format';
import { useLabel } from '../labels';
import { usersQuery } from '../queries';
import styles from '../settings.module.css';
import { NewUserDrawer } from './new-user-drawer';
import { UserDrawer } from './user-drawer';
import { UserState } from './user-state';

const shown = ['active', 'inactive', 'all'] as const;
type Shown = (typeof shown)[number];

function useColumns(onOpen: (user: UserOut) => void): DataGridColumn<UserOut>[] {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const format = useFormat();
  return [
    {
      key: 'name',
      label: t('users.name'),
      width: 180,
      render: (row) => (
        <span className="k-row">
          <Avatar name={row.name} hueKey={row.id} size={24} />
          <button type="button" className={styles.open} onClick={() => onOpen(row)}>
            {row.name}
          </button>
        </span>
      ),
    },
    { key: 'email', label: t('users.email'), width: 240, render: (row) => row.email },
    { key: 'unit', label: t('users.unit'), width: 150, render: (row) => row.unit.name },
    {
      key: 'roles',
      label: t('users.roles'),
      width: 260,
      render: (row) => (
        <span className={styles.tags}>
          {row.roles.map((role) => (
            <Tag key={`${role.role} ${role.unit.code}`}>
              {role.unit.id === row.unit.id
                ? label(role.label)
                : t('users.roleAt', { role: label(role.label), unit: role.unit.name })}
            </Tag>
          ))}
          {row.roles.length === 0 && <span className="k-caption">{t('users.noRole')}</span>}
        </span>
      ),
    },
    { key: 'state', label: t('users.state'), width: 120, render: (row) => <UserState user={row} /> },
    {
      key: 'last',
      label: t('users.lastSignIn'),
      width: 140,
      render: (row) => format.near(row.last_login),
    },
    {
      key: 'created',
      label: t('users.created'),
      width: 120,
      isExtra: true,
      render: (row) => format.date(row.created_at),
    },
    {
      key: 'id',
      label: t('users.id'),
      width: 90,
      align: 'end',
      isExtra: true,
      render: (row) => String(row.id),
    },
  ];
}

function matches(user: UserOut, text: string, state: Shown): boolean {
  if (state !== 'all' && user.is_active !== (state === 'active')) return false;
  const wanted = text.trim().toLowerCase();
  return `${user.name} ${user.email} ${user.unit.name} ${user.unit.code}`.toLowerCase().includes(wanted);
}

export function UsersTab() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/settings/users' });
  const query = useQuery(usersQuery);
  const [text, setText] = useState('');
  const [state, setState] = useState<Shown>('active');
  const show = (user: number | undefined) =>
    void navigate({ to: '/settings/users', search: user === undefined ? {} : { user } });
  const columns = useColumns((row) => show(row.id));
  const rows = query.data?.filter((user) => matches(user, text, state));
  const open = query.data?.find((user) => user.id === search.user);
  return (
    <>
      <ListToolbar
        tools={
          <>
            {rows && <span className="k-caption k-row">{t('users.count', { count: rows.length })}</span>}
            <ListTools id="users" columns={columns} />
          </>
        }
      >
        <SearchBox value={text} placeholder={t('users.search')} onChange={setText} />
        <Segmented<Shown>
          label={t('users.state')}
          options={shown.map((value) => ({ value, label: t(`users.show.${value}`) }))}
          value={state}
          onChange={setState}
        />
      </ListToolbar>
      <DataGrid<UserOut>
        id="users"
        label={t('users.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.id)}
        rowLabel={(row) => row.name}
        onOpen={(row) => show(row.id)}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title={t('users.noneTitle')} text={t('users.noneText')} />}
      />
      <NewUserDrawer isOpen={search.drawer === 'new'} onClose={() => show(undefined)} />
      {open && <UserDrawer key={open.id} user={open} onClose={() => show(undefined)} />}
    </>
  );
}
