/** Search from anywhere. Arrow keys choose, Enter opens, Ctrl Enter opens a new tab. */
import { PlayCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { type KeyboardEvent, useDeferredValue, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/marks/avatar';
import { Kbd } from '@/components/marks/kbd';
import styles from './overlays.module.css';
import { type PaletteGroup, type PaletteRow, usePaletteHits } from './use-palette-hits';

function RowIcon({ row }: { row: PaletteRow }) {
  if (row.person) return <Avatar name={row.person} />;
  const Icon = row.icon ?? PlayCircleOutlined;
  return (
    <span className={styles.hitIcon}>
      <Icon />
    </span>
  );
}

interface HitsProps {
  id: string;
  groups: readonly PaletteGroup[];
  chosen: PaletteRow | undefined;
  onChoose: (row: PaletteRow) => void;
  onOpen: (row: PaletteRow) => void;
}

function Hits({ id, groups, chosen, onChoose, onOpen }: HitsProps) {
  return groups.map((group) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox has no element of its own
    <div key={group.key} className={styles.hitGroup} role="group" aria-label={group.label}>
      <div className={styles.hitTitle} aria-hidden>
        {group.label}
      </div>
      {group.rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the combobox that owns these options
        <div
          key={row.key}
          id={`${id}-${group.key}-${row.key}`}
          role="option"
          tabIndex={-1}
          aria-selected={row === chosen}
          className={styles.hit}
          onMouseMove={() => onChoose(row)}
          onClick={() => onOpen(row)}
        >
          <RowIcon row={row} />
          <span className={styles.hitText}>
            <b>{row.title}</b>
            {row.detail && <small>{row.detail}</small>}
          </span>
          {row.reason && <span className="k-caption">{row.reason}</span>}
          {row.keys && <Kbd keys={row.keys} />}
        </div>
      ))}
    </div>
  ));
}

function Legend() {
  const { t } = useTranslation('frame');
  return (
    <div className={styles.legend}>
      <span>
        <Kbd keys="arrowup" />
        <Kbd keys="arrowdown" />
        {t('palette.choose')}
      </span>
      <span>
        <Kbd keys="enter" />
        {t('palette.open')}
      </span>
      <span>
        <Kbd keys="mod+enter" />
        {t('palette.newTab')}
      </span>
      <span>{t('palette.scope')}</span>
    </div>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const id = useId();
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(text);
  const { groups, hasFailed } = usePaletteHits(asked);
  const placed = groups.flatMap((group) =>
    group.rows.map((row) => ({ id: `${id}-${group.key}-${row.key}`, row })),
  );
  const chosen = placed[Math.min(at, placed.length - 1)];
  const open = (row: PaletteRow, inNewTab: boolean) => {
    if (row.path && inNewTab) window.open(row.path, '_blank', 'noopener');
    else if (row.path) void navigate({ to: row.path });
    else row.run?.();
    onClose();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && placed.length > 0) {
      event.preventDefault();
      const next = (at + step + placed.length) % placed.length;
      setAt(next);
      document.getElementById(placed[next]?.id ?? '')?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(chosen.row, event.ctrlKey || event.metaKey);
    }
  };
  return (
    <div className={styles.palette}>
      <div className={styles.ask}>
        <SearchOutlined aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the person asked for this field by a key or a click
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen?.id}
          aria-label={t('palette.title')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <Kbd keys="escape" />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        className={styles.hits}
        role="listbox"
        aria-label={t('palette.title')}
      >
        <Hits
          id={id}
          groups={groups}
          chosen={chosen?.row}
          onChoose={(row) => setAt(placed.findIndex((other) => other.row === row))}
          onOpen={(row) => open(row, false)}
        />
      </div>
      {placed.length === 0 && (
        <div className={styles.nothing} role="status">
          {t('palette.none', { text: asked })}
        </div>
      )}
      {hasFailed && (
        <div className={styles.nothing} role="alert">
          {t('palette.failed')}
        </div>
      )}
      <Legend />
    </div>
  );
}

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <Modal
      open={isOpen}
      onCancel={onClose}
      footer={null}
      closable={false}
      destroyOnHidden
      width={680}
      title={<span className="k-unseen">{t('palette.title')}</span>}
      style={{ top: 96 }}
      styles={{ container: { padding: 0 }, header: { margin: 0 } }}
    >
      <PaletteBody onClose={onClose} />
    </Modal>
  );
}
