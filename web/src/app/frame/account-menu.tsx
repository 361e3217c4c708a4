/** The person at the end of the bar: his account, language, appearance, and the way out. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/marks/avatar';
import { switchLanguage } from '@/lib/i18n';
import { languageNames, languages, toLanguage } from '@/lib/language';
import { type Appearance, setPreferences, usePreferences } from '@/lib/preferences';
import { signOut } from '@/lib/session/auth';
import { useMe } from '@/lib/session/me';
import styles from './frame.module.css';

const appearances: readonly Appearance[] = ['light', 'dark', 'system'];

export function AccountMenu() {
  const { t, i18n } = useTranslation('frame');
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { appearance } = usePreferences();
  const leave = async () => {
    await signOut();
    await navigate({ to: '/sign-in' });
    // What the sign-in page asks for stays: an answer on its way would be lost with its query.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'auth-config' });
  };
  const items: MenuProps['items'] = [
    { key: 'account', label: t('pages.account'), onClick: () => void navigate({ to: '/settings/account' }) },
    {
      key: 'language',
      label: t('account.language'),
      children: languages.map((language) => ({
        key: language,
        label: languageNames[language],
        onClick: () => void switchLanguage(language),
      })),
    },
    {
      key: 'appearance',
      label: t('account.appearance'),
      children: appearances.map((value) => ({
        key: value,
        label: t(`appearance.${value}`),
        onClick: () => setPreferences({ appearance: value }),
      })),
    },
    { type: 'divider' },
    { key: 'leave', label: t('account.signOut'), onClick: () => void leave() },
  ];
  const selectedKeys = [toLanguage(i18n.language), appearance];
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      popupRender={(menu) => <nav aria-label={t('pages.account')}>{menu}</nav>}
      menu={{ items, selectedKeys, style: { minWidth: 160 } }}
    >
      <button type="button" className={styles.person}>
        <Avatar name={me.user.name} hueKey={me.user.id} />
        <span>
          <b>{me.user.name}</b>
          <small>{me.roles[0]?.label ?? me.unit.name}</small>
        </span>
      </button>
    </Dropdown>
  );
}
