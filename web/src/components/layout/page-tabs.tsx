/** Tabs of one page; which is open belongs into the address. Arrow keys move, as in every tab list. */
import { type KeyboardEvent, useRef } from 'react';
import styles from './layout.module.css';

export interface PageTab<Key extends string> {
  key: Key;
  label: string;
  count?: number;
}

interface PageTabsProps<Key extends string> {
  label: string;
  tabs: readonly PageTab<Key>[];
  active: Key;
  onChange: (key: Key) => void;
}

export function PageTabs<Key extends string>({ label, tabs, active, onChange }: PageTabsProps<Key>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex((tab) => tab.key === active);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    list.current?.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus();
  };
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={label} onKeyDown={move} tabIndex={-1}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          data-key={tab.key}
          className={styles.tab}
          aria-selected={tab.key === active}
          tabIndex={tab.key === active ? 0 : -1}
          onClick={() => onChange(tab.key)}
        >
          {tab.count === undefined ? tab.label : `${tab.label} ${tab.count.toLocaleString('en-US')}`}
        </button>
      ))}
    </div>
  );
}
