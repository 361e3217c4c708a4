/** No customer at all teaches the first step; no hit offers to loosen one condition, with what that would find. */
import { useQueries } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/states/empty-state';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { useFieldBook } from '../field-book';
import { useFilterWords } from '../filters/filter-words';
import { toTexts } from '../filters/filters';
import { countQuery } from './queries';
import type { ListState } from './use-list';

const IMPORTS = '/collect/imports';

/** The way to the imports, where the page exists and the reader may import. */
export function useImportsPath(): string | undefined {
  const known: Record<string, unknown> = useRouter().routesByPath;
  const can = useCan();
  return IMPORTS in known && can('import.run') ? IMPORTS : undefined;
}

function NoCustomers() {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const path = useImportsPath();
  return (
    <EmptyState
      title={path ? t('list.empty.title') : t('list.empty.noRightTitle')}
      text={path ? t('list.empty.text') : t('list.empty.noRight')}
      action={
        path && (
          <Button type="primary" onClick={() => void navigate({ to: path })}>
            {t('list.empty.import')}
          </Button>
        )
      }
    />
  );
}

function NoHits({ list }: { list: ListState }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const words = useFilterWords(useFieldBook());
  const { filters, question, text } = list;
  const ways = [
    ...filters.map((filter) => {
      const rest = filters.filter((other) => other !== filter);
      return {
        key: filter.key,
        name: `${words.labelOf(filter.key)} ${words.textOf(filter)}`,
        question: { ...question, filters: toTexts(rest) },
        go: () => list.setFilters(rest),
      };
    }),
    ...(text.trim() && filters.length > 0
      ? [{ key: 'text', name: text.trim(), question: { ...question, text: '' }, go: () => list.setText('') }]
      : []),
  ].slice(0, 5);
  const isLoosable = ways.length > 1;
  const counts = useQueries({
    queries: ways.map((way) => ({ ...countQuery(way.question, 'fast'), enabled: isLoosable })),
  });
  const offers = ways.flatMap((way, i) => {
    const count = counts[i]?.data;
    return count && count.value > 0 ? [{ ...way, count }] : [];
  });
  const clear = () => {
    list.setText('');
    list.setFilters([]);
  };
  return (
    <EmptyState
      title={filters.length > 0 ? t('list.noHits.title') : t('list.noHits.titleText', { text: text.trim() })}
      text={filters.length > 0 ? undefined : t('list.noHits.text')}
      action={<Button onClick={clear}>{t('list.noHits.clear')}</Button>}
      examples={
        offers.length > 0 &&
        offers.map(({ key, name, count, go }) => (
          <button key={key} type="button" className="k-chip" onClick={go}>
            {t(count.is_exact ? 'list.noHits.without' : 'list.noHits.withoutAbout', {
              name,
              number: count.is_exact ? format.count(count.value) : format.estimate(count.value),
            })}
          </button>
        ))
      }
    />
  );
}

export function ListEmpty({ list }: { list: ListState }) {
  const isAsking = list.filters.length > 0 || list.text.trim() !== '';
  return isAsking ? <NoHits list={list} /> : <NoCustomers />;
}
