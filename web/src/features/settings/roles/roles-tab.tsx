/** What each role may do, in words. Shipped roles are read; own ones are made by the security administrator. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RoleOut } from '@/api/generated/types.gen';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar, ListTools } from '@/components/grid/list-toolbar';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { useLabel } from '../labels';
import { rolesQuery } from '../queries';
import styles from '../settings.module.css';
import { EditRoleDrawer } from './edit-role-drawer';
import { useRightsInOrder } from './rights-order';
import { RoleDrawer } from './role-drawer';
import { useRuleWords } from './rule-words';

const NAMED = 3;

function useColumns(onOpen: (role: RoleOut) => void): DataGridColumn<RoleOut>[] {
  const { t } = useTranslation(['settings', 'common']);
  const label = useLabel();
  const format = useFormat();
  const ruleWords = useRuleWords();
  const inOrder = useRightsInOrder();
  const rights = (role: RoleOut) => {
    const named = inOrder(role)
      .slice(0, NAMED)
      .map((right) => label(right.label));
    const list = named.join(t('common:listComma'));
    return role.rights.length > NAMED ? t('roles.andMore', { list, count: role.rights.length }) : list || '—';
  };
  return [
    {
      key: 'label',
      label: t('roles.name'),
      width: 180,
      render: (row) => (
        <button type="button" className={styles.open} onClick={() => onOpen(row)}>
          {label(row.label)}
        </button>
      ),
    },
    {
      key: 'origin',
      label: t('roles.origin'),
      width: 100,
      render: (row) => (row.is_shipped ? t('roles.shipped') : <Tag tone="primary">{t('roles.own')}</Tag>),
    },
    { key: 'rights', label: t('roles.rights'), width: 400, render: rights },
    {
      key: 'rules',
      label: t('roles.rules'),
      hint: t('roles.rulesHint'),
      width: 220,
      render: (row) => ruleWords(row.field_rules),
    },
    {
      key: 'holders',
      label: t('roles.holders'),
      align: 'end',
      width: 90,
      render: (row) => format.count(row.holder_count),
    },
    {
      key: 'key',
      label: t('roles.key'),
      width: 160,
      isExtra: true,
      render: (row) => <span className="k-mono">{row.key}</span>,
    },
  ];
}

export function RolesTab() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/settings/users' });
  const canManage = useCan()('role.manage');
  const query = useQuery(rolesQuery);
  const show = (role: string | undefined) =>
    void navigate({ to: '/settings/users', search: { tab: 'roles', ...(role ? { role } : {}) } });
  const columns = useColumns((row) => show(row.key));
  const open = query.data?.find((role) => role.key === search.role);
  const canEdit = open !== undefined && canManage && !open.is_shipped && !open.is_held;
  const close = () => show(undefined);
  return (
    <>
      <ListToolbar tools={<ListTools id="roles" columns={columns} />}>{null}</ListToolbar>
      <DataGrid<RoleOut>
        id="roles"
        label={t('roles.title')}
        columns={columns}
        rows={query.data}
        rowKey={(row) => row.key}
        rowLabel={(row) => row.key}
        onOpen={(row) => show(row.key)}
        count={query.data && { value: query.data.length, isExact: true }}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title={t('roles.noneTitle')} />}
      />
      {open && !canEdit && <RoleDrawer shown={open} onClose={close} />}
      {open && canEdit && <EditRoleDrawer key={open.key} own={open} onClose={close} />}
      {canManage && search.drawer === 'new' && <EditRoleDrawer own={undefined} onClose={close} />}
    </>
  );
}
