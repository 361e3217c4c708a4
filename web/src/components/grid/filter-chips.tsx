/** The filter of a list as sentences: a click edits one, × removes it, and 条件 adds one by Chinese, pinyin or English. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Input, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FocusFirst } from '../form/focus-first';
import styles from './grid.module.css';

export interface FilterChip {
  key: string;
  label: string;
  /** The condition in words: 超过 30 天. */
  text: string;
  /** Opens below the chip. */
  editor?: ReactNode;
}

export interface FilterField {
  key: string;
  label: string;
  /** Pinyin, English, other names. */
  keywords?: string;
}

interface FilterChipsProps {
  chips: readonly FilterChip[];
  onRemove: (key: string) => void;
  fields?: readonly FilterField[];
  onAdd?: (key: string) => void;
  /** The chip whose editor is open, so that a new one can be opened at once. */
  openKey?: string | undefined;
  onOpenChange?: (key: string | undefined) => void;
}

function Chip({
  chip,
  onRemove,
  isOpen,
  onOpenChange,
}: {
  chip: FilterChip;
  onRemove: () => void;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { t } = useTranslation();
  const words = (
    <button type="button" className={styles.filterOpen} disabled={!chip.editor}>
      <span className={styles.filterKey}>{chip.label}</span>
      <span>{chip.text}</span>
    </button>
  );
  return (
    <span className={`k-chip ${styles.filter}`}>
      {chip.editor ? (
        <Popover
          content={<FocusFirst>{chip.editor}</FocusFirst>}
          trigger="click"
          placement="bottomLeft"
          destroyOnHidden
          open={isOpen}
          onOpenChange={onOpenChange}
        >
          {words}
        </Popover>
      ) : (
        words
      )}
      <button
        type="button"
        className={styles.filterClose}
        aria-label={t('grid.removeFilter', { name: chip.label })}
        onClick={onRemove}
      >
        <CloseOutlined aria-hidden />
      </button>
    </span>
  );
}

function FieldSearch({ fields, onPick }: { fields: readonly FilterField[]; onPick: (key: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const hits = fields.filter((field) =>
    `${field.label} ${field.keywords ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <div className={styles.picker} role="dialog" aria-label={t('grid.findField')}>
      <Input
        value={text}
        placeholder={t('grid.findField')}
        aria-label={t('grid.findField')}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => hits[0] && onPick(hits[0].key)}
      />
      <div className={styles.pickerList}>
        {hits.map((field) => (
          <button
            key={field.key}
            type="button"
            className={styles.pickerItem}
            onClick={() => onPick(field.key)}
          >
            {field.label}
          </button>
        ))}
        {hits.length === 0 && <span className="k-caption">{t('grid.noField')}</span>}
      </div>
    </div>
  );
}

export function FilterChips({ chips, onRemove, fields, onAdd, openKey, onOpenChange }: FilterChipsProps) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [ownKey, setOwnKey] = useState<string>();
  const open = onOpenChange ?? setOwnKey;
  const current = onOpenChange ? openKey : ownKey;
  const add = (key: string) => {
    setAdding(false);
    onAdd?.(key);
  };
  return (
    <>
      {chips.map((chip) => (
        <Chip
          key={chip.key}
          chip={chip}
          onRemove={() => onRemove(chip.key)}
          isOpen={current === chip.key}
          onOpenChange={(isOpen) => open(isOpen ? chip.key : undefined)}
        />
      ))}
      {fields && onAdd && (
        <Popover
          trigger="click"
          placement="bottomLeft"
          open={isAdding}
          onOpenChange={setAdding}
          destroyOnHidden
          content={
            <FocusFirst>
              <FieldSearch fields={fields} onPick={add} />
            </FocusFirst>
          }
        >
          <button type="button" className="k-chip" data-kind="add">
            <PlusOutlined aria-hidden />
            {t('grid.addFilter')}
          </button>
        </Popover>
      )}
    </>
  );
}
