/** Printing from a dark page: paper is white, so the page is light before the printer asks for it, and dark again after. */
import { useSyncExternalStore } from 'react';

/** Charts are drawn anew in other colours; a printer takes what is there when it asks. */
const DRAWN_MS = 400;

let isOnPaper = false;
const listeners = new Set<() => void>();

function put(next: boolean): void {
  isOnPaper = next;
  for (const listener of listeners) listener();
}

export function usePaper(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOnPaper,
  );
}

export async function printPage(isDark: boolean): Promise<void> {
  if (!isDark) {
    window.print();
    return;
  }
  put(true);
  await new Promise((done) => setTimeout(done, DRAWN_MS));
  window.print();
  put(false);
}
