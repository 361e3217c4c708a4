/** The list as the address and the reader's place say it: filters, sort and view from the one, text and page from the other. */
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ListFilter, parseFilters, toTexts } from '../filters/filters';
import type { ListSearch } from '../search-params';
import { useListPlace } from './place';
import type { ListQuestion } from './queries';

const route = getRouteApi('/frame/customers');

export interface ListState {
  search: ListSearch;
  filters: readonly ListFilter[];
  question: ListQuestion;
  text: string;
  setText: (text: string) => void;
  /** Writes into the address; a step that leaves no trace in the history. */
  change: (next: Partial<ListSearch>) => void;
  setFilters: (filters: readonly ListFilter[]) => void;
  /** The page on which he stands, from 0, and its cursor. */
  page: { at: number; cursor: string | undefined; go: (cursor: string) => void; back: () => void };
}

export function useList(): ListState {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const place = useListPlace();
  const { filter = [], sort } = search;
  const { text } = place;
  const listKey = JSON.stringify([text, filter, sort]);
  const cursors = place.listKey === listKey ? place.cursors : [];
  const change = (next: Partial<ListSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const filterKey = JSON.stringify(filter);
  const filters = useMemo(() => parseFilters(JSON.parse(filterKey) as string[]), [filterKey]);
  return {
    search,
    filters,
    question: { text, filters: filter, sort },
    text,
    setText: (next) => place.change({ text: next, openedId: undefined }),
    change,
    setFilters: (next) => {
      const texts = toTexts(next);
      change({ filter: texts.length > 0 ? texts : undefined });
    },
    page: {
      at: cursors.length,
      cursor: cursors.at(-1),
      go: (cursor) => place.change({ listKey, cursors: [...cursors, cursor], openedId: undefined }),
      back: () => place.change({ listKey, cursors: cursors.slice(0, -1), openedId: undefined }),
    },
  };
}
