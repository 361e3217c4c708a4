/**
 * Filters of the list, between the address (`field:operator:value`) and what a person edits.
 * Only fields that are kept clear and name nobody can be filtered by, so that no personal value stands in an address.
 */
import type { RegistryField } from '@/api/generated/types.gen';
import type { FieldBook } from '../field-book';

export type FilterKind = 'words' | 'choices' | 'money' | 'number' | 'date' | 'reference' | 'tags';

/** Unit and owner belong to the customer himself and are no fields. */
export const references = ['unit', 'owner'] as const;

export interface ListFilter {
  key: string;
  /** Any of these; empty for a range. */
  values: readonly string[];
  /** Yuan, a number or a date; both included. */
  from?: string;
  to?: string;
}

function namesSomebody(field: RegistryField): boolean {
  return field.is_sealed || field.identifier !== '' || field.standard === 'person_name';
}

export function filterableFields(book: FieldBook): readonly RegistryField[] {
  return book.fields.filter((field) => !namesSomebody(field));
}

export function kindOf(key: string, book: FieldBook): FilterKind {
  if (key === 'tag') return 'tags';
  if (references.some((reference) => reference === key)) return 'reference';
  if (book.isMoney(key)) return 'money';
  const standard = book.standardOf(key);
  if (standard?.is_number) return 'number';
  if (standard?.is_date) return 'date';
  return standard && Object.keys(standard.codes).length > 0 ? 'choices' : 'words';
}

/** Reads an address; what it does not understand it leaves out. */
export function parseFilters(texts: readonly string[]): ListFilter[] {
  const found = new Map<string, ListFilter>();
  for (const text of texts) {
    const [key = '', operator = '', ...rest] = text.split(':');
    const value = rest.join(':');
    if (key === '' || value === '') continue;
    const filter = found.get(key) ?? { key, values: [] };
    if (operator === 'gte') found.set(key, { ...filter, from: value });
    else if (operator === 'lte') found.set(key, { ...filter, to: value });
    else if (operator === 'eq' || operator === 'in') found.set(key, { key, values: value.split(',') });
  }
  return [...found.values()];
}

export function isEmptyFilter(filter: ListFilter): boolean {
  return filter.values.length === 0 && filter.from === undefined && filter.to === undefined;
}

/** As the API reads them; an empty filter asks nothing. */
export function toTexts(filters: readonly ListFilter[]): string[] {
  return filters.flatMap(({ key, values, from, to }) => [
    ...(values.length === 1 ? [`${key}:eq:${values[0]}`] : []),
    ...(values.length > 1 ? [`${key}:in:${values.join(',')}`] : []),
    ...(from === undefined ? [] : [`${key}:gte:${from}`]),
    ...(to === undefined ? [] : [`${key}:lte:${to}`]),
  ]);
}

/** Puts a changed filter in its place; a new one stands last, an empty one goes. */
export function withFilter(filters: readonly ListFilter[], next: ListFilter): ListFilter[] {
  const isKnown = filters.some((filter) => filter.key === next.key);
  const all = isKnown
    ? filters.map((filter) => (filter.key === next.key ? next : filter))
    : [...filters, next];
  return all.filter((filter) => !isEmptyFilter(filter));
}
