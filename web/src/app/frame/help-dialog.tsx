/** Every key that works on the page that is open, as the parts of the page registered them. */
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Kbd } from '@/components/marks/kbd';
import { Note } from '@/components/marks/note';
import { type ShortcutGroup, useRegisteredShortcuts } from '@/lib/keyboard/shortcuts';
import { usePreferences } from '@/lib/preferences';
import styles from './overlays.module.css';

const order: readonly ShortcutGroup[] = ['everywhere', 'go', 'list', 'page'];

export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation(['frame', 'common']);
  const { hasSingleKeys } = usePreferences();
  const listed = useRegisteredShortcuts().filter((shortcut) => shortcut.label);
  const shown = order
    .map((group) => ({
      group,
      rows: [...new Map(listed.filter((s) => s.group === group).map((s) => [s.keys, s])).values()].reverse(),
    }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <Modal
      open={isOpen}
      title={t('keys.title')}
      width={680}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': t('common:close') }}
    >
      {!hasSingleKeys && <Note>{t('keys.off')}</Note>}
      <div className={styles.keys}>
        {shown.map(({ group, rows }) => (
          <section key={group}>
            <h3>{t(`keys.${group}`)}</h3>
            <dl>
              {rows.map((shortcut) => (
                <div key={shortcut.keys} className={styles.key}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <Kbd keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
