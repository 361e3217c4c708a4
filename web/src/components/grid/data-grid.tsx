/**
 * The one data grid. The page asks the server and holds filter, sort and cursor in the address;
 * the grid shows rows, remembers columns and density, and works by keyboard (J, K, X, Enter).
 */
import { Table, type TableColumnType } from 'antd';
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react';
import { ErrorState } from '../states/error-state';
import { SkeletonRows, useElapsed } from '../states/loading-state';
import { NoPermissionState } from '../states/no-permission-state';
import { isHidden } from '../states/query-view';
import { type DataGridColumn, useListShape } from './columns';
import { DataGridHeader, type SortOrder } from './data-grid-header';
import styles from './grid.module.css';
import { type GridCount, GridFoot, type GridPages } from './grid-foot';
import { type GridSelection, SelectionBar } from './selection-bar';
import { toggled, useSelectionColumn } from './selection-column';
import { useGridKeys } from './use-grid-keys';

export interface GridSort {
  key: string;
  order: Exclude<SortOrder, 'none'>;
}

export interface DataGridProps<Row extends object> {
  /** Names the list in the person's preferences. */
  id: string;
  /** What is listed, for screen readers. */
  label: string;
  columns: readonly DataGridColumn<Row>[];
  /** Undefined until the first answer. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** How a row is called, for its checkbox. */
  rowLabel: (row: Row) => string;
  onOpen?: (row: Row) => void;
  sort?: GridSort | undefined;
  onSort?: (sort: GridSort | undefined) => void;
  selection?: GridSelection;
  counts?: 'people' | 'items';
  count?: GridCount | undefined;
  pages?: GridPages | undefined;
  /** While new rows are fetched the old ones stay, paler. */
  isFetching?: boolean;
  problem?: unknown;
  onRetry?: () => void;
  /** Shown when there is no row: an `EmptyState`. */
  empty: ReactNode;
}

const HEAD = 37;

function useHeight() {
  const frame = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(400);
  useEffect(() => {
    const node = frame.current;
    if (!node) return;
    const watch = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  return { frame, height };
}

function toTableColumns<Row extends object>(
  visible: readonly DataGridColumn<Row>[],
  sort: GridSort | undefined,
  onSort: DataGridProps<Row>['onSort'],
): TableColumnType<Row>[] {
  return visible.map((column, i) => {
    const order: SortOrder = sort?.key === column.key ? sort.order : 'none';
    const canSort = column.isSortable === true && onSort !== undefined;
    const signs = (canSort ? 16 : 0) + (column.hint ? 20 : 0);
    const text = column.unit ? `${column.label}（${column.unit}）` : column.label;
    return {
      key: column.key,
      align: column.align ?? 'start',
      ...(column.width ? { width: column.width } : {}),
      ...(i === 0 ? { fixed: 'start' as const } : {}),
      title: <span style={{ paddingInlineEnd: signs }}>{text}</span>,
      onHeaderCell: () => ({
        ...(canSort ? { 'aria-sort': order } : {}),
        header: (
          <DataGridHeader
            label={column.label}
            unit={column.unit}
            hint={column.hint}
            align={column.align ?? 'start'}
            sort={canSort ? order : undefined}
            onSort={(next) => onSort?.(next === 'none' ? undefined : { key: column.key, order: next })}
          />
        ),
      }),
      render: (_: unknown, row: Row) => column.render(row),
    };
  });
}

/**
 * The table repeats its titles in a hidden row, to measure them; buttons there would take the focus.
 * So titles are plain text, and the real header comes here.
 */
function HeaderCell({ header, children, ...cell }: ComponentProps<'th'> & { header?: ReactNode }) {
  return <th {...cell}>{header ?? children}</th>;
}

const components = { header: { cell: HeaderCell } };

function GridSkeleton() {
  return <div className={styles.skeleton}>{useElapsed(200) && <SkeletonRows count={16} height={40} />}</div>;
}

function GridRows<Row extends object>(props: DataGridProps<Row> & { rows: readonly Row[] }) {
  const { id, label, columns, rows, rowKey, rowLabel, onOpen, sort, onSort, selection, isFetching } = props;
  const { frame, height } = useHeight();
  const shape = useListShape(id, columns);
  const onToggle = selection && ((key: string) => selection.onChange(toggled(selection.keys, key)));
  const { active, setActive } = useGridKeys({ rows, rowKey, frame, onOpen, onToggle });
  const ownColumns = toTableColumns(shape.visible, sort, onSort);
  // Rows without any control would leave a wide table out of the keyboard's reach.
  useEffect(() => frame.current?.querySelector('.ant-table-body')?.setAttribute('tabindex', '0'));
  const choice = useSelectionColumn({ rows, rowKey, rowLabel, selection });
  const isChosen = (row: Row) =>
    selection !== undefined && (selection.isAll || selection.keys.has(rowKey(row)));
  const open = (row: Row, target: EventTarget) => {
    setActive(rowKey(row));
    const isText = !getSelection()?.isCollapsed;
    if (isText || !(target instanceof Element) || target.closest('a, button, input, label')) return;
    onOpen?.(row);
  };
  return (
    <div
      ref={frame}
      className={styles.fill}
      data-density={shape.density}
      data-opens={onOpen !== undefined}
      data-stale={isFetching === true}
    >
      <Table<Row>
        aria-label={label}
        size="small"
        components={components}
        columns={choice ? [choice, ...ownColumns] : ownColumns}
        dataSource={[...rows]}
        rowKey={rowKey}
        rowClassName={(row) => (isChosen(row) ? 'ant-table-row-selected' : '')}
        pagination={false}
        scroll={{ x: 'max-content', y: Math.max(120, height - HEAD) }}
        onRow={(row) => ({
          'data-active': rowKey(row) === active,
          onClick: (event) => open(row, event.target),
        })}
      />
    </div>
  );
}

export function DataGrid<Row extends object>(props: DataGridProps<Row>) {
  const { rows, problem, onRetry, empty, counts = 'items', count, pages, selection } = props;
  const body = () => {
    if (rows && rows.length > 0) return <GridRows {...props} rows={rows} />;
    if (rows) return <div className={styles.center}>{empty}</div>;
    if (isHidden(problem)) return <NoPermissionState />;
    if (problem) {
      return (
        <div className={styles.center}>
          <ErrorState problem={problem} {...(onRetry ? { onRetry } : {})} />
        </div>
      );
    }
    return <GridSkeleton />;
  };
  return (
    <div className={styles.frame}>
      {body()}
      {selection && <SelectionBar selection={selection} counts={counts} matching={count} />}
      <GridFoot counts={counts} count={count} pages={pages} shown={rows?.length ?? 0} />
    </div>
  );
}
