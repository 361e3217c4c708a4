/**
 * Keyset pages, forward and back. The server gives the cursor of the next page; the way back is remembered here.
 * `resetKey` changes with filter and sort, and then the list begins anew.
 */
import { useState } from 'react';

interface Trail {
  resetKey: string;
  cursors: readonly string[];
}

export interface CursorPages {
  /** For the query; undefined on the first page. */
  cursor: string | undefined;
  /** The place of the first row of this page, from 1. */
  from: number;
  hasPrevious: boolean;
  goNext: (cursor: string) => void;
  goPrevious: () => void;
}

export function useCursorPages(resetKey: string, pageSize: number): CursorPages {
  const [trail, setTrail] = useState<Trail>({ resetKey, cursors: [] });
  const cursors = trail.resetKey === resetKey ? trail.cursors : [];
  return {
    cursor: cursors.at(-1),
    from: cursors.length * pageSize + 1,
    hasPrevious: cursors.length > 0,
    goNext: (cursor) => setTrail({ resetKey, cursors: [...cursors, cursor] }),
    goPrevious: () => setTrail({ resetKey, cursors: cursors.slice(0, -1) }),
  };
}
