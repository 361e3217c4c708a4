/** Roles for a new user. What the separation of the administrators forbids cannot be chosen, and says why. */
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RoleOut } from '@/api/generated/types.gen';
import { Note } from '@/components/marks/note';
import { useLabel } from '../labels';
import styles from '../settings.module.css';
import { mayBeTogether } from './separation';

interface RoleChoiceProps {
  roles: readonly RoleOut[];
  chosen: readonly string[];
  onChange: (keys: string[]) => void;
}

export function RoleChoice({ roles, chosen, onChange }: RoleChoiceProps) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const held = roles.filter((role) => chosen.includes(role.key));
  const fits = (role: RoleOut) => chosen.includes(role.key) || mayBeTogether([...held, role]);
  const toggle = (key: string) =>
    onChange(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t('users.roles')}</legend>
      <div className={styles.choices}>
        {roles.map((role) => (
          <Checkbox
            key={role.key}
            checked={chosen.includes(role.key)}
            disabled={!fits(role)}
            onChange={() => toggle(role.key)}
          >
            {label(role.label)}
            <span className="k-caption">
              {' '}
              {fits(role) ? t('roles.rightCount', { count: role.rights.length }) : t('users.apart')}
            </span>
          </Checkbox>
        ))}
      </div>
      <Note>{t('users.separation')}</Note>
    </fieldset>
  );
}
