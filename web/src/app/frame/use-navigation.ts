/** The pages that exist and that the reader may open, in groups, with their open work. */
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useCan } from '@/lib/session/me';
import { usePageCounts } from '../counts';
import { allPages, groups, type NavGroup, type NavPage, placeOf, settings, startPages } from '../navigation';

export interface Navigation {
  start: readonly NavPage[];
  groups: readonly NavGroup[];
  settings: NavGroup | undefined;
  counts: ReadonlyMap<string, number>;
  /** The page on which the reader stands. */
  current: NavPage | undefined;
  currentGroup: NavGroup | undefined;
}

/** Pages that exist and that he may open. */
export function useOpenPages(): readonly NavPage[] {
  const known: Record<string, unknown> = useRouter().routesByPath;
  const can = useCan();
  return allPages.filter((page) => page.path in known && can(...(page.permissions ?? [])));
}

export function useNavigation(): Navigation {
  const open = useOpenPages();
  const counts = usePageCounts(open);
  const path = useRouterState({ select: (state) => state.location.pathname });
  return useMemo(() => {
    const shown = (page: NavPage) => open.includes(page);
    const narrowed = (group: NavGroup): NavGroup => ({ ...group, pages: group.pages.filter(shown) });
    const own = narrowed(settings);
    const place = placeOf(path);
    return {
      start: startPages.filter(shown),
      groups: groups.map(narrowed).filter((group) => group.pages.length > 0),
      settings: own.pages.length > 0 ? own : undefined,
      counts,
      current: place?.page,
      currentGroup: place?.group,
    };
  }, [open, counts, path]);
}
