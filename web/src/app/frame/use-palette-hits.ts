/** What the palette shows for a text: customers and the like from the server, then pages to go to, then things to do. */
import { useQueries } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useOfferedCommands } from '@/lib/commands';
import { useCan } from '@/lib/session/me';
import { placeOf } from '../navigation';
import { type PaletteHit, paletteSources } from '../palette-sources';
import { useOpenPages } from './use-navigation';

export interface PaletteRow {
  key: string;
  title: ReactNode;
  detail?: string | undefined;
  reason?: string | undefined;
  /** A person's name, for the disc; else the icon stands. */
  person?: string;
  icon?: ComponentType | undefined;
  keys?: string | undefined;
  path?: string;
  run?: () => void;
}

export interface PaletteGroup {
  key: string;
  label: string;
  rows: readonly PaletteRow[];
}

const toRow = (hit: PaletteHit): PaletteRow => ({
  key: hit.key,
  title: hit.title,
  detail: hit.detail,
  reason: hit.reason,
  person: hit.name,
  path: hit.path,
});

const commandRow = (command: Command): PaletteRow => ({
  key: command.key,
  title: command.label,
  detail: command.detail,
  keys: command.keys,
  run: command.run,
});

/** Letters of page names, so that `kh` or `imp` finds its page. */
function matches(text: string, ...names: readonly string[]): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || names.some((name) => name.toLowerCase().includes(wanted));
}

export function usePaletteHits(text: string): { groups: readonly PaletteGroup[]; hasFailed: boolean } {
  const { t } = useTranslation('frame');
  const can = useCan();
  const pages = useOpenPages();
  const commands = useOfferedCommands();
  const sources = paletteSources.filter((source) => can(source.permission));
  const asked = text.trim();
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.key, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.search(asked, signal),
      enabled: asked.length > 0,
      staleTime: 5000,
    })),
  });
  const found = sources.map((source, i) => {
    const hits = answers[i]?.data ?? [];
    return { key: source.key, label: source.label(hits.length), rows: hits.map(toRow) };
  });
  const go = pages
    .filter((page) => matches(asked, t(`pages.${page.key}`), page.key, page.path))
    .map((page): PaletteRow => {
      const group = placeOf(page.path)?.group;
      return {
        key: page.key,
        title: t(`pages.${page.key}`),
        detail: group && t(`groups.${group.key}`),
        icon: page.icon ?? group?.icon,
        keys: page.letter && `g ${page.letter}`,
        path: page.path,
      };
    });
  const act = commands.filter((command) => matches(asked, command.label)).map(commandRow);
  const groups = [
    ...found,
    { key: 'go', label: t('palette.go'), rows: go },
    { key: 'do', label: t('palette.do'), rows: act },
  ];
  return { groups: groups.filter(({ rows }) => rows.length > 0), hasFailed: answers.some((a) => a.isError) };
}
