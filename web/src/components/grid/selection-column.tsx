/** The first column of a list in which rows can be chosen: a box for each row, and one for the page. */
import { Checkbox, type TableColumnType } from 'antd';
import type { HTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridSelection } from './selection-bar';

interface SelectionColumn<Row> {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowLabel: (row: Row) => string;
  selection: GridSelection | undefined;
}

export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Rows of other pages stay chosen when this page is turned on or off. */
function withPage(keys: ReadonlySet<string>, page: readonly string[], isOn: boolean): ReadonlySet<string> {
  return isOn ? new Set([...keys, ...page]) : new Set([...keys].filter((key) => !page.includes(key)));
}

export function useSelectionColumn<Row>(props: SelectionColumn<Row>): TableColumnType<Row> | undefined {
  const { rows, rowKey, rowLabel, selection } = props;
  const { t } = useTranslation();
  if (!selection) return undefined;
  const { keys, isAll = false, onChange } = selection;
  const page = rows.map(rowKey);
  const chosen = isAll ? page.length : page.filter((key) => keys.has(key)).length;
  const all = (
    <Checkbox
      aria-label={t('grid.selectPage')}
      checked={chosen > 0 && chosen === page.length}
      indeterminate={chosen > 0 && chosen < page.length}
      onChange={(event) => onChange(withPage(keys, page, event.target.checked))}
    />
  );
  const header = { header: all };
  return {
    key: 'choice',
    width: 50,
    fixed: 'start',
    title: '',
    onHeaderCell: () => header as HTMLAttributes<HTMLTableCellElement>,
    render: (_: unknown, row: Row) => (
      <Checkbox
        aria-label={t('grid.selectRow', { name: rowLabel(row) })}
        checked={isAll || keys.has(rowKey(row))}
        onChange={() => onChange(toggled(isAll ? new Set(page) : keys, rowKey(row)))}
      />
    ),
  };
}
