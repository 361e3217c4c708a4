/** What somebody has changed in a form, kept apart from what the server says; another `id` begins anew. */
import { useState } from 'react';

export interface Draft<Value extends object> {
  value: Value;
  change: (part: Partial<Value>) => void;
  reset: () => void;
  isChanged: boolean;
}

export function useDraft<Value extends object>(id: string, initial: Value): Draft<Value> {
  const [state, setState] = useState<{ id: string; changes: Partial<Value> }>({ id, changes: {} });
  const changes: Partial<Value> = state.id === id ? state.changes : {};
  return {
    value: { ...initial, ...changes },
    change: (part) =>
      setState((known) => ({ id, changes: { ...(known.id === id ? known.changes : {}), ...part } })),
    reset: () => setState({ id, changes: {} }),
    isChanged: Object.keys(changes).length > 0,
  };
}
