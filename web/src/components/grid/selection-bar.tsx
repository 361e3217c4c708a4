/** Floats above the foot while rows are selected: how many, all that match instead, and what can be done with them. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { Kbd } from '../marks/kbd';
import styles from './grid.module.css';

export interface GridSelection {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
  /** Offers all that match the filter; the page then acts on the filter and not on keys. */
  onSelectAll?: () => void;
  /** Whether all that match are selected. */
  isAll?: boolean;
  /** Text buttons, `size="small" type="text"`. */
  actions?: ReactNode;
}

interface SelectionBarProps {
  selection: GridSelection;
  counts: 'people' | 'items';
  matching: { value: number; isExact: boolean } | undefined;
}

export function SelectionBar({ selection, counts, matching }: SelectionBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { keys, isAll = false, onSelectAll, actions, onChange } = selection;
  const isOpen = isAll || keys.size > 0;
  useShortcut({
    keys: 'escape',
    group: 'list',
    label: t('keys.clearSelection'),
    isActive: isOpen,
    onPress: () => onChange(new Set()),
  });
  if (!isOpen) return null;
  const all = matching && (matching.isExact ? format.count(matching.value) : format.estimate(matching.value));
  const allKey = matching?.isExact ? 'selectAllExact' : 'selectAll';
  return (
    <section className={styles.bar} aria-label={t('grid.selection')}>
      <b role="status">
        {isAll && all
          ? t(`grid.${counts}.allSelected`, { number: all })
          : t(`grid.${counts}.selected`, { number: format.count(keys.size) })}
      </b>
      {!isAll && onSelectAll && all && (
        <Button type="link" size="small" onClick={onSelectAll}>
          {t(`grid.${counts}.${allKey}`, { number: all })}
        </Button>
      )}
      {actions && <span className={styles.barLine} />}
      {actions}
      <span className={styles.barLine} />
      <button type="button" className="k-plain-button" onClick={() => onChange(new Set())}>
        <span className="k-unseen">{t('keys.clearSelection')}</span>
        <Kbd keys="escape" />
      </button>
    </section>
  );
}
