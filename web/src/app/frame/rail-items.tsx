/** The rows of the rail: a page, and a group that opens in place or, where only icons stand, beside itself. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Popover, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CountBadge } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import type { NavGroup, NavPage } from '../navigation';
import styles from './frame.module.css';

interface PageLinkProps {
  page: NavPage;
  isCurrent: boolean;
  isSub?: boolean;
  hasIconOnly?: boolean;
  count?: number | undefined;
  onGo?: () => void;
}

export function PageLink({
  page,
  isCurrent,
  isSub = false,
  hasIconOnly = false,
  count,
  onGo,
}: PageLinkProps) {
  const { t } = useTranslation('frame');
  const format = useFormat();
  const Icon = isSub ? undefined : page.icon;
  const name = t(`pages.${page.key}`);
  const link = (
    <Link
      to={page.path}
      className={`${styles.item} ${isSub ? styles.sub : ''}`}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={hasIconOnly ? name : undefined}
      onClick={onGo}
    >
      {Icon && <Icon />}
      {!hasIconOnly && name}
      {!hasIconOnly && count !== undefined && <CountBadge>{format.count(count)}</CountBadge>}
    </Link>
  );
  return hasIconOnly ? (
    <Tooltip title={name} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

interface GroupProps {
  group: NavGroup;
  current: NavPage | undefined;
  counts: ReadonlyMap<string, number>;
  hasIconOnly: boolean;
  isOpen: boolean;
  onToggle: () => void;
  onGo: () => void;
}

function Pages({ group, current, counts, onGo }: Pick<GroupProps, 'group' | 'current' | 'counts' | 'onGo'>) {
  return group.pages.map((page) => (
    <li key={page.key}>
      <PageLink page={page} isSub isCurrent={page === current} count={counts.get(page.key)} onGo={onGo} />
    </li>
  ));
}

function GroupFlyout(props: GroupProps) {
  const { group, current } = props;
  const { t } = useTranslation('frame');
  const [isOpen, setOpen] = useState(false);
  const Icon = group.icon;
  const name = t(`groups.${group.key}`);
  const pages = (
    <nav className={styles.flyout} aria-label={name}>
      <div className={styles.flyoutTitle}>{name}</div>
      <ul className={styles.flyoutList}>
        <Pages {...props} onGo={() => setOpen(false)} />
      </ul>
    </nav>
  );
  return (
    <Popover
      content={pages}
      placement="rightTop"
      trigger={['hover', 'click']}
      arrow={false}
      open={isOpen}
      onOpenChange={setOpen}
    >
      <button
        type="button"
        className={styles.item}
        aria-label={name}
        aria-expanded={isOpen}
        data-current={group.pages.some((page) => page === current)}
      >
        <Icon />
      </button>
    </Popover>
  );
}

export function RailGroup(props: GroupProps) {
  const { group, counts, hasIconOnly, isOpen, onToggle } = props;
  const { t } = useTranslation('frame');
  const format = useFormat();
  if (hasIconOnly) return <GroupFlyout {...props} />;
  const Icon = group.icon;
  const waiting = group.pages.reduce((sum, page) => sum + (counts.get(page.key) ?? 0), 0);
  const Chevron = isOpen ? DownOutlined : RightOutlined;
  return (
    <>
      <button type="button" className={styles.item} aria-expanded={isOpen} onClick={onToggle}>
        <Icon />
        {t(`groups.${group.key}`)}
        {!isOpen && waiting > 0 ? (
          <CountBadge>{format.count(waiting)}</CountBadge>
        ) : (
          <Chevron className={styles.chevron} aria-hidden />
        )}
      </button>
      {isOpen && (
        <ul>
          <Pages {...props} />
        </ul>
      )}
    </>
  );
}
