/** Rail, bar and the page between them; and the keys that work everywhere. */
import { Outlet, useNavigate } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoPermissionState } from '@/components/states/no-permission-state';
import { CustomerCommands } from '@/features/customers/palette/customer-commands';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { narrowerThan, useMedia } from '@/lib/media';
import { usePreferences } from '@/lib/preferences';
import { useCan } from '@/lib/session/me';
import type { NavPage } from '../navigation';
import styles from './frame.module.css';
import { HelpDialog } from './help-dialog';
import { Palette } from './palette';
import { Rail } from './rail';
import { TopBar } from './top-bar';
import { useNavigation, useOpenPages } from './use-navigation';

function GoShortcut({ page }: { page: NavPage }) {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  useShortcut({
    keys: `g ${page.letter}`,
    group: 'go',
    label: t(`pages.${page.key}`),
    onPress: () => void navigate({ to: page.path }),
  });
  return null;
}

/** A page without the right to it is not drawn at all; the server would refuse its data anyway. */
function Content() {
  const { current } = useNavigation();
  const can = useCan();
  return current && !can(...(current.permissions ?? [])) ? <NoPermissionState /> : <Outlet />;
}

export function AppFrame() {
  const { t } = useTranslation('frame');
  const [overlay, setOverlay] = useState<'palette' | 'help' | 'menu'>();
  const close = () => setOverlay(undefined);
  const isNarrow = useMedia(narrowerThan.desk);
  const isSmall = useMedia(narrowerThan.laptop);
  const { isRailPinned } = usePreferences();
  const hasIconOnly = isNarrow && !isRailPinned && !isSmall;
  const shape = isSmall ? 'drawer' : hasIconOnly ? 'icons' : 'full';
  useShortcut({
    keys: 'mod+k',
    group: 'everywhere',
    label: t('keys.palette'),
    onPress: () => setOverlay('palette'),
  });
  useShortcut({ keys: '?', group: 'everywhere', label: t('keys.help'), onPress: () => setOverlay('help') });
  const rail = (
    <Rail
      hasIconOnly={hasIconOnly}
      canPin={isNarrow && !isSmall}
      onGo={close}
      onHelp={() => setOverlay('help')}
    />
  );
  return (
    <div className={styles.frame} data-rail={shape}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      {!isSmall && rail}
      <div className={styles.main}>
        <TopBar
          onMenu={isSmall ? () => setOverlay('menu') : undefined}
          onSearch={() => setOverlay('palette')}
        />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Content />
        </main>
      </div>
      {useOpenPages().map((page) => page.letter && <GoShortcut key={page.key} page={page} />)}
      <CustomerCommands />
      <Palette isOpen={overlay === 'palette'} onClose={close} />
      <HelpDialog isOpen={overlay === 'help'} onClose={close} />
      {isSmall && (
        <Drawer
          open={overlay === 'menu'}
          onClose={close}
          placement="left"
          size={232}
          closable={false}
          aria-label={t('navigation')}
          styles={{ body: { padding: 0, display: 'grid' } }}
        >
          {rail}
        </Drawer>
      )}
    </div>
  );
}
