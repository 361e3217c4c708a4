/** The fields of the installation, with their words and codes, as every page of customers needs them. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listFields, listStandards, listUnits } from '@/api/generated/sdk.gen';
import type { RegistryField, StandardOut } from '@/api/generated/types.gen';
import { inLanguage, type Language, toLanguage } from '@/lib/language';

const AN_HOUR = 3_600_000;

const fieldsQuery = queryOptions({
  queryKey: ['fields', 'book'],
  queryFn: async ({ signal }) => {
    const [fields, standards] = await Promise.all([
      listFields({ signal, throwOnError: true }),
      listStandards({ signal, throwOnError: true }),
    ]);
    return { fields: fields.data, standards: standards.data };
  },
  staleTime: AN_HOUR,
});

export const unitsQuery = queryOptions({
  queryKey: ['units', 'book'],
  queryFn: async ({ signal }) => (await listUnits({ signal, throwOnError: true })).data,
  staleTime: AN_HOUR,
});

export interface FieldBook {
  /** In use, in the order in which they are shown. */
  fields: readonly RegistryField[];
  get: (key: string) => RegistryField | undefined;
  standardOf: (key: string) => StandardOut | undefined;
  /** In the reader's language; a key that nobody knows is its own label. */
  labelOf: (key: string) => string;
  /** The word of a code. */
  wordOf: (key: string, code: string) => string;
  isMoney: (key: string) => boolean;
}

function toBook(
  fields: readonly RegistryField[],
  standards: readonly StandardOut[],
  language: Language,
): FieldBook {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const byStandard = new Map(standards.map((standard) => [standard.key, standard]));
  const standardOf = (key: string) => byStandard.get(byKey.get(key)?.standard ?? '');
  return {
    fields: fields.filter((field) => field.is_active),
    get: (key) => byKey.get(key),
    standardOf,
    labelOf: (key) => {
      const field = byKey.get(key);
      return field ? inLanguage(field.label, language) : key;
    },
    wordOf: (key, code) => {
      const label = standardOf(key)?.codes[code];
      return label ? inLanguage(label, language) : code;
    },
    isMoney: (key) => byKey.get(key)?.standard === 'money',
  };
}

/** Empty until it has been read: labels then are keys, which no page shows before its own data is there. */
export function useFieldBook(): FieldBook {
  const { data } = useQuery(fieldsQuery);
  const { i18n } = useTranslation();
  const language = toLanguage(i18n.language);
  return useMemo(() => toBook(data?.fields ?? [], data?.standards ?? [], language), [data, language]);
}
