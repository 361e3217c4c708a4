/** The rail: brand, where everyone starts, the pipeline, settings and help. One group is open at a time. */
import { MenuFoldOutlined, MenuUnfoldOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo, Wordmark } from '@/components/layout/logo';
import { Kbd } from '@/components/marks/kbd';
import { setPreferences, usePreferences } from '@/lib/preferences';
import type { NavGroup } from '../navigation';
import styles from './frame.module.css';
import { PageLink, RailGroup } from './rail-items';
import { useNavigation } from './use-navigation';

interface RailProps {
  hasIconOnly: boolean;
  /** The desk is narrow, so the person may choose. */
  canPin: boolean;
  onGo: () => void;
  onHelp: () => void;
}

function PinButton({ hasIconOnly }: { hasIconOnly: boolean }) {
  const { t } = useTranslation('frame');
  const { isRailPinned } = usePreferences();
  const label = isRailPinned ? t('unpinRail') : t('pinRail');
  const Icon = isRailPinned ? MenuFoldOutlined : MenuUnfoldOutlined;
  const button = (
    <button
      type="button"
      className={styles.item}
      aria-label={label}
      onClick={() => setPreferences({ isRailPinned: !isRailPinned })}
    >
      <Icon />
      {!hasIconOnly && label}
    </button>
  );
  return hasIconOnly ? (
    <Tooltip title={label} placement="right">
      {button}
    </Tooltip>
  ) : (
    button
  );
}

export function Rail({ hasIconOnly, canPin, onGo, onHelp }: RailProps) {
  const { t } = useTranslation('frame');
  const { start, groups, settings, counts, current, currentGroup } = useNavigation();
  const [openKey, setOpenKey] = useState(currentGroup?.key);
  useEffect(() => setOpenKey(currentGroup?.key), [currentGroup?.key]);
  const groupRow = (group: NavGroup) => (
    <RailGroup
      key={group.key}
      group={group}
      current={current}
      counts={counts}
      hasIconOnly={hasIconOnly}
      isOpen={openKey === group.key}
      onToggle={() => setOpenKey(openKey === group.key ? undefined : group.key)}
      onGo={onGo}
    />
  );
  const help = (
    <button type="button" className={styles.item} aria-label={t('help')} onClick={onHelp}>
      <QuestionCircleOutlined />
      {!hasIconOnly && (
        <>
          {t('help')}
          <span style={{ marginInlineStart: 'auto' }}>
            <Kbd keys="?" />
          </span>
        </>
      )}
    </button>
  );
  return (
    <nav className={styles.rail} data-icons={hasIconOnly} aria-label={t('navigation')}>
      <div className={styles.brand}>
        <Logo />
        {!hasIconOnly && <Wordmark />}
      </div>
      <div className={styles.nav}>
        {start.map((page) => (
          <PageLink
            key={page.key}
            page={page}
            isCurrent={page === current}
            hasIconOnly={hasIconOnly}
            count={counts.get(page.key)}
            onGo={onGo}
          />
        ))}
        {start.length > 0 && groups.length > 0 && <div className={styles.rule} />}
        {groups.map(groupRow)}
      </div>
      <div className={styles.navFoot}>
        {canPin && <PinButton hasIconOnly={hasIconOnly} />}
        {settings && groupRow(settings)}
        {hasIconOnly ? (
          <Tooltip title={t('help')} placement="right">
            {help}
          </Tooltip>
        ) : (
          help
        )}
      </div>
    </nav>
  );
}
