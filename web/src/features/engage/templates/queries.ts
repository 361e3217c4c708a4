/** Asking for templates, what they may say, and how a message would look. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  getTemplate,
  getTemplateVocabulary,
  listChannels,
  listPurposes,
  listTemplates,
  previewTemplate,
  searchCustomers,
} from '@/api/generated/sdk.gen';
import type { MessagePreview } from '@/api/generated/types.gen';

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
});

export const templatesQuery = queryOptions({
  queryKey: ['templates', 'list'],
  queryFn: async ({ signal }) => (await listTemplates({ signal, throwOnError: true })).data,
});

export const channelsQuery = queryOptions({
  queryKey: ['channels', 'list'],
  queryFn: async ({ signal }) => (await listChannels({ signal, throwOnError: true })).data,
});

export function templateQuery(id: string) {
  return queryOptions({
    queryKey: ['templates', 'one', id],
    queryFn: async ({ signal }) =>
      (await getTemplate({ path: { template_id: id }, signal, throwOnError: true })).data,
  });
}

export function vocabularyQuery(purpose: string, language: 'zh' | 'en') {
  return queryOptions({
    queryKey: ['templates', 'vocabulary', purpose, language],
    queryFn: async ({ signal }) =>
      (await getTemplateVocabulary({ query: { purpose, language }, signal, throwOnError: true })).data,
    enabled: purpose !== '',
  });
}

export function previewQuery(body: MessagePreview) {
  return queryOptions({
    queryKey: ['templates', 'preview', body],
    queryFn: async ({ signal }) => (await previewTemplate({ body, signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

const MOST_FOUND = 8;

export function customersQuery(text: string) {
  return queryOptions({
    queryKey: ['templates', 'customers', text],
    queryFn: async ({ signal }) =>
      (await searchCustomers({ body: { q: text, limit: MOST_FOUND }, signal, throwOnError: true })).data,
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  });
}
