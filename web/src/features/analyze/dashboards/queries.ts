/** Asking for dashboards: what there is, the figures of a card, and who stands behind one. */
import { queryOptions } from '@tanstack/react-query';
import {
  getDashboardCard,
  getDashboardCatalog,
  listBoards,
  listDashboardCustomers,
  listUnits,
} from '@/api/generated/sdk.gen';
import type { CardAnswer, GetDashboardCardData } from '@/api/generated/types.gen';

export const spans = ['30d', '13w', 'month', 'quarter', '12m'] as const;
export const comparisons = ['previous', 'year', 'none'] as const;
export type Question = Required<NonNullable<GetDashboardCardData['query']>>;

/** One figure of a card. */
export interface FigureAt {
  card: string;
  x: string;
  series: string;
}

export const catalogQuery = queryOptions({
  queryKey: ['dashboards', 'catalog'],
  queryFn: async ({ signal }) => (await getDashboardCatalog({ signal, throwOnError: true })).data,
  staleTime: 300_000,
});

export const boardsQuery = queryOptions({
  queryKey: ['boards'],
  queryFn: async ({ signal }) => (await listBoards({ signal, throwOnError: true })).data,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: async ({ signal }) => (await listUnits({ signal, throwOnError: true })).data,
});

export function cardQuery(key: string, question: Question) {
  return queryOptions({
    queryKey: ['dashboards', 'card', key, question],
    queryFn: async ({ signal }) =>
      (await getDashboardCard({ path: { key }, query: question, signal, throwOnError: true })).data,
    staleTime: 60_000,
  });
}

export function behindQuery(figure: FigureAt, question: Question, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['dashboards', 'behind', figure, question, cursor],
    queryFn: async ({ signal }) => {
      const query = {
        ...question,
        x: figure.x,
        series: figure.series,
        limit: 50,
        ...(cursor ? { cursor } : {}),
      };
      return (await listDashboardCustomers({ path: { key: figure.card }, query, signal, throwOnError: true }))
        .data;
    },
  });
}

export function valueAt(answer: CardAnswer, x: string, series: string, part: 'points' | 'before' = 'points') {
  return answer[part].find((point) => point.x === x && point.series === series);
}
