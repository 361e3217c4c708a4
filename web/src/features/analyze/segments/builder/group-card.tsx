/** A group of conditions and of further groups, all of which hold, or one, or none. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Segmented } from '@/components/layout/segmented';
import { Remaining } from '../preview/remaining';
import styles from './builder.module.css';
import { ConditionRow } from './condition-row';
import {
  type GroupDraft,
  type Mode,
  type NodeDraft,
  newEvent,
  newField,
  newGroup,
  newSequence,
} from './kinds';
import type { Setting } from './setting';

/** How deep the server reads; a group within needs one level, its conditions another. */
const DEEPEST = 8;
export const MODES: readonly Mode[] = ['all', 'any', 'none'];

interface GroupCardProps {
  group: GroupDraft;
  setting: Setting;
  /** The level of its JSON; the outermost is 1. */
  level: number;
  /** 且 or 或, where it stands within another group behind something. */
  join?: string;
  onChange: (group: GroupDraft) => void;
  onRemove?: (() => void) | undefined;
}

/** What can be put into a group. */
function Adders({ canNest, onAdd }: { canNest: boolean; onAdd: (part: NodeDraft) => void }) {
  const { t } = useTranslation('analyze');
  const adders: readonly (readonly [string, () => NodeDraft])[] = [
    [t('addField'), newField],
    [t('addEvent'), newEvent],
    [t('addSequence'), newSequence],
    ...(canNest ? [[t('addInner'), () => newGroup([newField()])] as const] : []),
  ];
  return (
    <div className={styles.adders}>
      {adders.map(([label, make]) => (
        <Button key={label} type="link" size="small" icon={<PlusOutlined />} onClick={() => onAdd(make())}>
          {label}
        </Button>
      ))}
    </div>
  );
}

export function GroupCard({ group, setting, level, join, onChange, onRemove }: GroupCardProps) {
  const { t } = useTranslation('analyze');
  const put = (parts: readonly NodeDraft[]) => onChange({ ...group, parts });
  const change = (next: NodeDraft) => put(group.parts.map((one) => (one.id === next.id ? next : one)));
  const remove = (gone: NodeDraft) => put(group.parts.filter(({ id }) => id !== gone.id));
  const inner = level + (group.mode === 'none' ? 2 : 1);
  const said = setting.mistake?.id === group.id ? setting.mistake.said : undefined;
  return (
    <section className={styles.group} data-mode={group.mode} data-inner={join !== undefined}>
      <div className={styles.groupHead}>
        {join && <span className={styles.join}>{join}</span>}
        <Segmented<Mode>
          label={t('mode')}
          options={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
          value={group.mode}
          onChange={(mode) => onChange({ ...group, mode })}
        />
        <Remaining id={group.id} remains={setting.remains} isHead />
        {onRemove && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('removeGroup')}
            title={t('removeGroup')}
            onClick={onRemove}
          />
        )}
      </div>
      {said !== undefined && (
        <p className={styles.said} role="alert">
          {said}
        </p>
      )}
      {group.parts.length === 0 && <p className={styles.none}>{t('emptyGroup')}</p>}
      <ul className={styles.rows}>
        {group.parts.map((part, place) => {
          const word = place === 0 ? '' : t(`joins.${group.mode}`);
          if (part.kind !== 'group') {
            return (
              <ConditionRow
                key={part.id}
                draft={part}
                setting={setting}
                join={word}
                isTaken={group.mode === 'none'}
                onChange={change}
                onRemove={() => remove(part)}
              />
            );
          }
          return (
            <li key={part.id}>
              <GroupCard
                group={part}
                setting={setting}
                level={inner}
                join={word}
                onChange={change}
                onRemove={() => remove(part)}
              />
            </li>
          );
        })}
      </ul>
      <Adders canNest={inner < DEEPEST} onAdd={(part) => put([...group.parts, part])} />
    </section>
  );
}
