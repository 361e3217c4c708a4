/** Ctrl Enter inside a select: there the key would open the list, and the page's main action would never hear it. */
import { type RefObject, useEffect, useRef } from 'react';

export function useMainKey(area: RefObject<HTMLElement | null>, onPress: () => unknown): void {
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    const node = area.current;
    if (!node) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    node.addEventListener('keydown', listen, true);
    return () => node.removeEventListener('keydown', listen, true);
  }, [area]);
}
