/** 用户与角色: who works with Kehu, and what each role may do. Two administrators share this page, and each sees his half. */
import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Page, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { NoPermissionState } from '@/components/states/no-permission-state';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { OfferCommand } from '../offer-command';
import { RolesTab } from '../roles/roles-tab';
import styles from '../settings.module.css';
import { UsersTab } from './users-tab';

export function UsersPage() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/settings/users' });
  const can = useCan();
  const canUsers = can('user.manage');
  const canRoles = can('role.manage', 'user.manage', 'access.explain', 'audit.read');
  const tab = canUsers ? (search.tab ?? 'users') : 'roles';
  const canCreate = tab === 'users' ? canUsers : can('role.manage');
  const newLabel = t(tab === 'users' ? 'users.new' : 'roles.new');
  const start = () => {
    if (canCreate) void navigate({ to: '/settings/users', search: { tab, drawer: 'new' } });
  };
  useShortcut({ keys: 'n', group: 'page', label: newLabel, isActive: canCreate, onPress: start });
  if (!canRoles) return <NoPermissionState />;
  const tabs = [
    ...(canUsers ? [{ key: 'users' as const, label: t('users.title') }] : []),
    { key: 'roles' as const, label: t('roles.title') },
  ];
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('users.page')}
        subtitle={t(tab === 'users' ? 'users.subtitle' : 'roles.subtitle')}
        actions={
          <>
            {can('access.explain') && (
              <Link to="/settings/access" search={{}}>
                {t('users.whySee')}
              </Link>
            )}
            {canCreate && (
              <Button type="primary" icon={<PlusOutlined />} onClick={start}>
                {newLabel}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.strip}>
        <PageTabs
          label={t('users.page')}
          tabs={tabs}
          active={tab}
          onChange={(next) => void navigate({ to: '/settings/users', search: { tab: next } })}
        />
      </div>
      {canCreate && <OfferCommand id={`${tab}.new`} label={newLabel} run={start} />}
      {tab === 'users' ? <UsersTab /> : <RolesTab />}
    </Page>
  );
}
