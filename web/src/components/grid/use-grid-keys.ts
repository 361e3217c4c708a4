/** J and K move through the rows, X selects, Enter opens. The row is named by its key, so that it survives a refresh. */
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/lib/keyboard/shortcuts';

const isOnControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('a, button, input, [role=button], [role=tab]') !== null;

/** Enter belongs to the row from here on, and no longer to a button that was pressed before. */
function leaveControl(): void {
  if (isOnControl(document.activeElement) && document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
  }
}

interface GridKeys<Row> {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  frame: RefObject<HTMLElement | null>;
  onOpen: ((row: Row) => void) | undefined;
  onToggle: ((key: string) => void) | undefined;
}

export function useGridKeys<Row>({ rows, rowKey, frame, onOpen, onToggle }: GridKeys<Row>) {
  const { t } = useTranslation();
  const [active, setActive] = useState<string | null>(null);
  const at = rows.findIndex((row) => rowKey(row) === active);
  const move = (step: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (!row) return false;
    leaveControl();
    setActive(rowKey(row));
    const key = CSS.escape(rowKey(row));
    frame.current?.querySelector(`tr[data-row-key="${key}"]`)?.scrollIntoView({ block: 'nearest' });
    return true;
  };
  const current = rows[at];
  useShortcut({ keys: 'j', group: 'list', label: t('keys.next'), onPress: () => move(1) });
  useShortcut({ keys: 'k', group: 'list', label: t('keys.previous'), onPress: () => move(-1) });
  useShortcut({
    keys: 'x',
    group: 'list',
    label: t('keys.select'),
    isActive: onToggle !== undefined,
    onPress: () => {
      if (!current) return false;
      onToggle?.(rowKey(current));
      return true;
    },
  });
  useShortcut({
    keys: 'enter',
    group: 'list',
    label: t('keys.open'),
    isActive: onOpen !== undefined,
    onPress: (event) => {
      if (!current || isOnControl(event.target)) return false;
      onOpen?.(current);
      return true;
    },
  });
  return { active, setActive };
}
