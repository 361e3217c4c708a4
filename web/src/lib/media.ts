/** Media queries as state. The widths are those at which the frame changes its shape. */
import { useSyncExternalStore } from 'react';

export const narrowerThan = {
  /** The rail shows icons only. */
  desk: '(max-width: 1399.98px)',
  /** The rail is a drawer, and columns stack. */
  laptop: '(max-width: 1023.98px)',
} as const;

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
