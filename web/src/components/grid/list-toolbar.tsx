/** The strip above a list: search, filter chips, and at the right the tools: columns, density, and what the page adds. */
import { ColumnHeightOutlined, SearchOutlined, TableOutlined } from '@ant-design/icons';
import { Checkbox, Dropdown, Input, type InputRef, Popover } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { type DataGridColumn, useListShape } from './columns';
import styles from './grid.module.css';

interface SearchBoxProps {
  value: string;
  placeholder: string;
  /** Called when the person pauses for a quarter of a second, or presses Enter. */
  onChange: (text: string) => void;
}

/** `/` goes here. */
export function SearchBox({ value, placeholder, onChange }: SearchBoxProps) {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  const [draft, setDraft] = useState(value);
  const echoes = useRef<string[]>([]);
  const tell = useCallback(
    (text: string) => {
      if (text === (echoes.current.at(-1) ?? value)) return;
      echoes.current.push(text);
      onChange(text);
    },
    [onChange, value],
  );
  useEffect(() => {
    // What comes back of one's own words must not take away what was typed since; all else is news.
    const at = echoes.current.indexOf(value);
    if (at < 0) setDraft(value);
    echoes.current = echoes.current.slice(at + 1);
  }, [value]);
  useEffect(() => {
    const timer = setTimeout(() => tell(draft), 250);
    return () => clearTimeout(timer);
  }, [draft, tell]);
  useShortcut({
    keys: '/',
    group: 'list',
    label: t('keys.search'),
    onPress: () => input.current?.focus({ cursor: 'all' }),
  });
  return (
    <Input
      ref={input}
      className={styles.search}
      size="small"
      allowClear
      value={draft}
      placeholder={placeholder}
      aria-label={placeholder}
      prefix={<SearchOutlined aria-hidden />}
      onChange={(event) => setDraft(event.target.value)}
      onPressEnter={() => tell(draft)}
    />
  );
}

interface ListToolsProps<Row> {
  id: string;
  columns: readonly DataGridColumn<Row>[];
}

/** Columns and density; both are remembered for this list. */
export function ListTools<Row>({ id, columns }: ListToolsProps<Row>) {
  const { t } = useTranslation();
  const shape = useListShape(id, columns);
  const picker = (
    <div className={styles.picker} role="dialog" aria-label={t('grid.columnsTitle')}>
      <div className={styles.pickerList}>
        {columns.map((column, i) => (
          <Checkbox
            key={column.key}
            className={styles.pickerItem}
            checked={shape.isVisible(column.key)}
            disabled={i === 0}
            onChange={() => shape.toggle(column.key)}
          >
            {column.label}
          </Checkbox>
        ))}
      </div>
    </div>
  );
  const densities = (['comfortable', 'compact'] as const).map((key) => ({ key, label: t(`grid.${key}`) }));
  return (
    <>
      <Popover content={picker} trigger="click" placement="bottomRight">
        <button type="button" className="k-chip">
          <TableOutlined aria-hidden />
          {t('grid.columns', { shown: shape.visible.length, all: columns.length })}
        </button>
      </Popover>
      <Dropdown
        trigger={['click']}
        menu={{
          items: densities,
          selectable: true,
          selectedKeys: [shape.density],
          onClick: ({ key }) => shape.setDensity(key === 'compact' ? 'compact' : 'comfortable'),
        }}
      >
        <button type="button" className="k-chip" title={t('grid.density')}>
          <ColumnHeightOutlined aria-hidden />
          {t(`grid.${shape.density}`)}
        </button>
      </Dropdown>
    </>
  );
}

/** `children`: search box and filter chips; `tools`: `ListTools` and more chips such as export. */
export function ListToolbar({ children, tools }: { children: ReactNode; tools?: ReactNode }) {
  return (
    <div className={styles.toolbar}>
      {children}
      {tools && <div className={styles.tools}>{tools}</div>}
    </div>
  );
}
