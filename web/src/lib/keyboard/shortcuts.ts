/**
 * The keys of the page. Whoever mounts last is asked first, so that a list inside a page wins.
 * The help dialog lists what is registered at that moment; a shortcut without label stays unlisted.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { getPreferences } from '../preferences';
import { isWriting, strokeOf } from './keys';

export type ShortcutGroup = 'everywhere' | 'go' | 'list' | 'page';

export interface Shortcut {
  /** `mod+k`, `/`, `g t`: strokes apart by a space. */
  keys: string;
  group: ShortcutGroup;
  /** Absent: works, and is not listed. */
  label?: string;
  isActive?: boolean;
  /** Answers false when it has nothing to do; then the next one is asked. */
  onPress: (event: KeyboardEvent) => unknown;
}

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly Shortcut[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => registered);
}

export function useShortcut({ keys, group, label, isActive = true, onPress }: Shortcut): void {
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    if (!isActive) return;
    const entry: Shortcut = {
      keys,
      group,
      ...(label === undefined ? {} : { label }),
      onPress: (event) => latest.current(event),
    };
    publish([entry, ...registered]);
    return () => publish(registered.filter((other) => other !== entry));
  }, [keys, group, label, isActive]);
}

/** A closed dialog may stay in the page, without a place in it. */
const isDialogOpen = () =>
  [...document.querySelectorAll('[role=dialog][aria-modal=true]')].some(
    (box) => box.getClientRects().length > 0,
  );
const isSingle = (keys: string) => !keys.startsWith('mod+') && keys !== 'escape';

/** Listens on the window; the returned function stops it. A chord waits one second for its second key. */
export function startShortcuts(): () => void {
  let first: { stroke: string; at: number } | null = null;
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
    const stroke = strokeOf(event);
    const chord = first && event.timeStamp - first.at < 1000 ? `${first.stroke} ${stroke}` : stroke;
    first = null;
    const rests = isWriting(event.target) || isDialogOpen() || !getPreferences().hasSingleKeys;
    const matching = registered.filter((s) => s.keys === chord && !(rests && isSingle(s.keys)));
    for (const shortcut of matching) {
      if (shortcut.onPress(event) !== false) {
        event.preventDefault();
        return;
      }
    }
    const opensChord = registered.some((s) => s.keys.startsWith(`${stroke} `));
    if (opensChord && !rests) first = { stroke, at: event.timeStamp };
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}
