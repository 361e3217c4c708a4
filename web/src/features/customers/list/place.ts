/**
 * Where the reader stands in the list of customers: search text, pages walked, the row he opened, and who comes after whom.
 * Held in memory alone: a search text may be a name or a number, and belongs neither into the address nor into storage.
 */
import { useState } from 'react';
import { useMe } from '@/lib/session/me';

interface Place {
  userId: string;
  /** Search text, filters and sort in one; pages of another list are of no use. */
  listKey: string;
  text: string;
  cursors: readonly string[];
  /** The ids of each page walked, in order. */
  pages: readonly (readonly string[])[];
  openedId: string | undefined;
}

const nowhere = (userId: string): Place => ({
  userId,
  listKey: '',
  text: '',
  cursors: [],
  pages: [],
  openedId: undefined,
});

let place = nowhere('');

function placeOf(userId: string): Place {
  if (place.userId !== userId) place = nowhere(userId);
  return place;
}

export interface ListPlace extends Omit<Place, 'userId'> {
  change: (next: Partial<Omit<Place, 'userId'>>) => void;
}

/** The page of the list reads and changes its place; coming back finds it as it was left. */
export function useListPlace(): ListPlace {
  const userId = String(useMe().user.id);
  const [state, setState] = useState(() => placeOf(userId));
  return {
    ...state,
    change: (next) => {
      place = { ...placeOf(userId), ...next };
      setState(place);
    },
  };
}

/** What a page of the list showed, without a redraw. */
export function notePage(at: number, ids: readonly string[]): void {
  place = { ...place, pages: [...place.pages.slice(0, at), ids] };
}

export function noteOpened(id: string): void {
  place = { ...place, openedId: id };
}

/** The customers before and after one, as the list last showed them. */
export function neighborsOf(id: string): { previous: string | undefined; next: string | undefined } {
  const ids = place.pages.flat();
  const at = ids.indexOf(id);
  return at < 0 ? { previous: undefined, next: undefined } : { previous: ids[at - 1], next: ids[at + 1] };
}
