/**
 * What a person chose for this browser: appearance, language, rail, keys, and the shape of each list.
 * Kept in local storage under one key, which `public/boot.js` also reads before the first paint.
 */
import { useSyncExternalStore } from 'react';
import type { Language } from './language';

export type Appearance = 'light' | 'dark' | 'system';
export type Density = 'comfortable' | 'compact';

export interface ListShape {
  density?: Density;
  /** Keys of the columns shown, in order; absent: the list's own choice. */
  columns?: string[];
}

export interface Preferences {
  appearance: Appearance;
  language?: Language;
  hasSingleKeys: boolean;
  isRailPinned: boolean;
  lists: Record<string, ListShape>;
}

const KEY = 'kehu.preferences';
const initial: Preferences = { appearance: 'system', hasSingleKeys: true, isRailPinned: false, lists: {} };

function read(): Preferences {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return initial;
  }
}

let current = read();
const listeners = new Set<() => void>();

export function getPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function setListShape(list: string, change: ListShape): void {
  setPreferences({ lists: { ...current.lists, [list]: { ...current.lists[list], ...change } } });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, getPreferences);
}
