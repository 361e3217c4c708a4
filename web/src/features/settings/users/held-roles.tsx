/** The roles that somebody holds, each at a unit; what is taken or given waits until the drawer is saved. */
import { CloseOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldRoleOut, RoleAt, RoleOut, UnitNode } from '@/api/generated/types.gen';
import { Note } from '@/components/marks/note';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { useLabel } from '../labels';
import styles from '../settings.module.css';
import { UnitSelect } from '../units/unit-select';
import { mayBeTogether } from './separation';

export interface RoleChanges {
  added: readonly RoleAt[];
  removed: readonly RoleAt[];
}

interface HeldRolesProps {
  held: readonly HeldRoleOut[];
  ownUnit: string;
  roles: readonly RoleOut[];
  units: readonly UnitNode[];
  changes: RoleChanges;
  isLocked: boolean;
  onChange: (changes: RoleChanges) => void;
}

const isSame = (one: RoleAt, other: RoleAt) => one.role === other.role && one.unit === other.unit;
const toggled = (list: readonly RoleAt[], entry: RoleAt): RoleAt[] =>
  list.some((other) => isSame(other, entry))
    ? list.filter((other) => !isSame(other, entry))
    : [...list, entry];

function AddRole({ held, ownUnit, roles, changes, onChange }: HeldRolesProps) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const [role, setRole] = useState<string>();
  const [unit, setUnit] = useState<string>();
  const at = unit ?? ownUnit;
  const kept = held.filter(
    (one) => !changes.removed.some((gone) => isSame(gone, { role: one.role, unit: one.unit.code })),
  );
  const keys = new Set([...kept.map((one) => one.role), ...changes.added.map((one) => one.role)]);
  const future = roles.filter((known) => keys.has(known.key));
  const add = () => {
    if (role) onChange({ ...changes, added: toggled(changes.added, { role, unit: at }) });
    setRole(undefined);
  };
  const isHeld =
    kept.some((one) => one.role === role && one.unit.code === at) ||
    changes.added.some((one) => one.role === role && one.unit === at);
  return (
    <div className="k-row k-wrap">
      <Select<string>
        aria-label={t('users.addRole')}
        placeholder={t('users.addRole')}
        value={role ?? null}
        style={{ width: 152 }}
        options={roles.map((known) => ({
          value: known.key,
          label: label(known.label),
          disabled: !keys.has(known.key) && !mayBeTogether([...future, known]),
        }))}
        onChange={setRole}
      />
      <UnitSelect label={t('users.atUnit')} value={at} style={{ width: 172 }} onChange={setUnit} />
      <Button icon={<PlusOutlined />} disabled={!role || isHeld} onClick={add}>
        {t('users.add')}
      </Button>
    </div>
  );
}

export function HeldRoles(props: HeldRolesProps) {
  const { held, roles, units, changes, isLocked, onChange } = props;
  const { t } = useTranslation('settings');
  const label = useLabel();
  const format = useFormat();
  const nameOf = (key: string) => {
    const role = roles.find((known) => known.key === key);
    return role ? label(role.label) : key;
  };
  const unitOf = (code: string | null | undefined) =>
    units.find((unit) => unit.code === code)?.name ?? code ?? '';
  const remove = (entry: RoleAt) => onChange({ ...changes, removed: toggled(changes.removed, entry) });
  const withdraw = (entry: RoleAt) => onChange({ ...changes, added: toggled(changes.added, entry) });
  return (
    <>
      <ul className={styles.lines}>
        {held.map((one) => {
          const entry = { role: one.role, unit: one.unit.code };
          const isGone = changes.removed.some((gone) => isSame(gone, entry));
          const words = t(isGone ? 'users.keepRole' : 'users.removeRole', { name: label(one.label) });
          return (
            <li key={`${one.role} ${one.unit.code}`}>
              <span data-gone={isGone}>
                <b>{label(one.label)}</b> {t('users.at', { unit: one.unit.name })}
              </span>
              <span className="k-caption k-grow">
                {isGone ? t('users.willGo') : t('users.since', { date: format.date(one.since) })}
              </span>
              {!isLocked && (
                <Button
                  type="text"
                  size="small"
                  icon={isGone ? <UndoOutlined /> : <CloseOutlined />}
                  aria-label={words}
                  title={words}
                  onClick={() => remove(entry)}
                />
              )}
            </li>
          );
        })}
        {changes.added.map((entry) => (
          <li key={`${entry.role} ${entry.unit}`}>
            <span>
              <b>{nameOf(entry.role)}</b> {t('users.at', { unit: unitOf(entry.unit) })}
            </span>
            <span className="k-grow">
              <Tag tone="primary">{t('users.willCome')}</Tag>
            </span>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('users.removeRole', { name: nameOf(entry.role) })}
              onClick={() => withdraw(entry)}
            />
          </li>
        ))}
        {held.length + changes.added.length === 0 && <li className="k-caption">{t('users.noRole')}</li>}
      </ul>
      {!isLocked && <AddRole {...props} />}
      <Note>{t('users.separation')}</Note>
    </>
  );
}
