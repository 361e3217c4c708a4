/** What can be done from the search palette. A page offers its own while it is open. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Command {
  key: string;
  label: string;
  detail?: string;
  /** The shortcut that does the same, to be shown. */
  keys?: string;
  run: () => void;
}

let offered: readonly Command[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly Command[]): void {
  offered = next;
  for (const listener of listeners) listener();
}

export function useOfferedCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
}

export function useCommand({ key, label, detail, keys, run }: Command): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const command: Command = {
      key,
      label,
      ...(detail === undefined ? {} : { detail }),
      ...(keys === undefined ? {} : { keys }),
      run: () => latest.current(),
    };
    publish([...offered, command]);
    return () => publish(offered.filter((other) => other !== command));
  }, [key, label, detail, keys]);
}
