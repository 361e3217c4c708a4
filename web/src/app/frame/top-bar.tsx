/** The bar: the way back, search, visible scope, account. */
import { MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '@/components/marks/kbd';
import { type Crumb, useBreadcrumbTrail } from '@/lib/breadcrumb';
import { AccountMenu } from './account-menu';
import styles from './frame.module.css';
import { ScopeChip } from './scope-chip';
import { useNavigation } from './use-navigation';

function useCrumbs(): readonly Crumb[] {
  const { t } = useTranslation('frame');
  const { current, currentGroup } = useNavigation();
  const trail = useBreadcrumbTrail();
  const own: Crumb[] = current ? [{ label: t(`pages.${current.key}`), to: current.path }] : [];
  return [...(currentGroup ? [{ label: t(`groups.${currentGroup.key}`) }] : []), ...own, ...trail];
}

function Breadcrumb() {
  const { t } = useTranslation('frame');
  const crumbs = useCrumbs();
  const title = crumbs.findLast((crumb) => !crumb.isPersonal)?.label;
  useEffect(() => {
    document.title = title ? `${title} · Kehu` : 'Kehu';
  }, [title]);
  return (
    <nav aria-label={t('breadcrumb')} className={styles.crumbNav}>
      <ol className={styles.crumbs}>
        {crumbs.map((crumb, i) => {
          const isLast = i === crumbs.length - 1;
          return (
            <li key={crumb.label} aria-current={isLast ? 'page' : undefined}>
              {crumb.to && !isLast ? (
                <Link to={crumb.to} activeOptions={{ exact: true }}>
                  {crumb.label}
                </Link>
              ) : (
                crumb.label
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface TopBarProps {
  /** Present where the rail is a drawer. */
  onMenu: (() => void) | undefined;
  onSearch: () => void;
}

export function TopBar({ onMenu, onSearch }: TopBarProps) {
  const { t } = useTranslation('frame');
  return (
    <header className={styles.top}>
      {onMenu && <Button type="text" icon={<MenuOutlined />} aria-label={t('openMenu')} onClick={onMenu} />}
      <Breadcrumb />
      <button type="button" className={styles.find} onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span className="k-ellipsis">{t('search')}</span>
        <Kbd keys="mod+k" />
      </button>
      <ScopeChip />
      <AccountMenu />
    </header>
  );
}
