/** Asking for pages of customers. With a search text the question travels in the body, else in the address of the API. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { listCustomers, searchCustomers } from '@/api/generated/sdk.gen';
import type { CustomerPage } from '@/api/generated/types.gen';

export const PAGE_SIZE = 50;

export interface ListQuestion {
  text: string;
  /** `field:operator:value`, as the API reads them. */
  filters: readonly string[];
  /** `name`, `-name`, `updated_at` or `-updated_at`; undefined: the list's own order. */
  sort: string | undefined;
}

interface Ask extends ListQuestion {
  cursor?: string | undefined;
  limit: number;
  count: 'fast' | 'exact';
}

/** Names in order where something was searched for, else what changed last. */
export function sortOf({ text, sort }: Pick<ListQuestion, 'text' | 'sort'>): string {
  return sort ?? (text.trim() ? 'name' : '-updated_at');
}

async function fetchPage(ask: Ask, signal: AbortSignal): Promise<CustomerPage> {
  const { text, filters, cursor, limit, count } = ask;
  const asked = {
    sort: sortOf(ask),
    filter: [...filters],
    limit,
    count,
    ...(cursor ? { cursor } : {}),
  };
  const { data } = text.trim()
    ? await searchCustomers({ body: { ...asked, q: text.trim() }, signal, throwOnError: true })
    : await listCustomers({ query: asked, signal, throwOnError: true });
  return data;
}

export function useCustomerPage(question: ListQuestion, cursor: string | undefined) {
  return useQuery({
    queryKey: ['customers', 'list', question, cursor ?? ''],
    queryFn: ({ signal }) => fetchPage({ ...question, cursor, limit: PAGE_SIZE, count: 'fast' }, signal),
    placeholderData: keepPreviousData,
  });
}

export function countQuery(question: ListQuestion, count: 'fast' | 'exact') {
  return queryOptions({
    queryKey: ['customers', 'count', count, question],
    queryFn: ({ signal }) => fetchPage({ ...question, limit: 1, count }, signal).then((page) => page.count),
    staleTime: 60_000,
  });
}
