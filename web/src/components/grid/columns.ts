/** What a column of the data grid is, and which of them a person sees. */
import type { ReactNode } from 'react';
import { type Density, setListShape, usePreferences } from '@/lib/preferences';

export interface DataGridColumn<Row> {
  /** The name under which the server sorts. */
  key: string;
  label: string;
  unit?: string;
  hint?: string;
  /** `end` for amounts and counts. */
  align?: 'start' | 'end';
  width?: number;
  isSortable?: boolean;
  /** Not shown until the person asks for it. */
  isExtra?: boolean;
  render: (row: Row) => ReactNode;
}

export interface ListShapeState<Row> {
  visible: readonly DataGridColumn<Row>[];
  density: Density;
  setDensity: (density: Density) => void;
  isVisible: (key: string) => boolean;
  toggle: (key: string) => void;
}

/** The first column always stays. `id` names the list in the person's preferences. */
export function useListShape<Row>(id: string, columns: readonly DataGridColumn<Row>[]): ListShapeState<Row> {
  const shape = usePreferences().lists[id] ?? {};
  const first = columns[0]?.key;
  const chosen = shape.columns ?? columns.filter((column) => !column.isExtra).map((column) => column.key);
  const isVisible = (key: string) => key === first || chosen.includes(key);
  const toggle = (key: string) => {
    const wanted = (other: string) => (other === key ? !isVisible(key) : isVisible(other));
    setListShape(id, { columns: columns.map((column) => column.key).filter(wanted) });
  };
  return {
    visible: columns.filter((column) => isVisible(column.key)),
    density: shape.density ?? 'comfortable',
    setDensity: (density) => setListShape(id, { density }),
    isVisible,
    toggle,
  };
}
