/** The parts of the breadcrumb below the page's own name; whoever shows a thing names it here. Also the window's title. */
import { useEffect, useSyncExternalStore } from 'react';

export interface Crumb {
  label: string;
  /** Absent for the last part, which is the page itself. */
  to?: string;
  /** A person's name: shown on the page, and kept out of the window's title and the browser's history. */
  isPersonal?: boolean;
}

let trail: readonly Crumb[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly Crumb[]): void {
  trail = next;
  for (const listener of listeners) listener();
}

export function useBreadcrumbTrail(): readonly Crumb[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => trail,
  );
}

/** `useBreadcrumb([{ label: view, to: '/customers?view=…' }, { label: name }])`, in the page's component. */
export function useBreadcrumb(crumbs: readonly Crumb[]): void {
  const text = JSON.stringify(crumbs);
  useEffect(() => {
    publish(JSON.parse(text) as Crumb[]);
    return () => publish([]);
  }, [text]);
}
