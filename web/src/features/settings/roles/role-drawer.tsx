/** A role as it is: its rights with their scope, and what it sees of fields. Nothing can be changed here. */
import { useTranslation } from 'react-i18next';
import type { RoleOut } from '@/api/generated/types.gen';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { Tag } from '@/components/marks/tag';
import { useLabel } from '../labels';
import styles from '../settings.module.css';
import { powersOf } from '../users/separation';
import { useRightsInOrder } from './rights-order';
import { useRuleWords } from './rule-words';

export function RoleDrawer({ shown: role, onClose }: { shown: RoleOut; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const ruleWords = useRuleWords();
  const inOrder = useRightsInOrder();
  const power = powersOf(role.rights.map((right) => right.permission));
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={label(role.label)}
      tags={<Tag>{t(role.is_shipped ? 'roles.shipped' : 'roles.own')}</Tag>}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard */}
      <section className="k-stack" tabIndex={0} aria-label={label(role.label)}>
        {role.is_shipped && <Note>{t('roles.shippedText')}</Note>}
        {!role.is_shipped && role.is_held && <Note tone="warning">{t('roles.heldText')}</Note>}
        {power.length > 0 && <Note>{t('roles.powerText')}</Note>}
        <section className={styles.group}>
          <h2 className={styles.title}>{t('roles.rights')}</h2>
          <ul className={styles.lines}>
            {inOrder(role).map((right) => (
              <li key={right.permission}>
                <span className="k-grow">{label(right.label)}</span>
                <span className="k-label">{label(right.scope_label)}</span>
              </li>
            ))}
            {role.rights.length === 0 && <li className="k-caption">{t('roles.noRights')}</li>}
          </ul>
        </section>
        <section className={styles.group}>
          <h2 className={styles.title}>{t('roles.rules')}</h2>
          <p className="k-small">{ruleWords(role.field_rules)}</p>
          <p className="k-caption">{t('roles.rulesHint')}</p>
        </section>
      </section>
    </SideDrawer>
  );
}
