/** The filter chips of the list; a new one opens its editor at once, and goes again when nothing was chosen. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChips } from '@/components/grid/filter-chips';
import { useFieldBook } from '../field-book';
import type { ListState } from '../list/use-list';
import { FilterEditor } from './filter-editor';
import { useFilterWords } from './filter-words';
import { filterableFields, type ListFilter, withFilter } from './filters';

export function ListFilters({ list }: { list: ListState }) {
  const { t } = useTranslation('customers');
  const book = useFieldBook();
  const words = useFilterWords(book);
  const [openKey, setOpenKey] = useState<string>();
  const isNew = openKey !== undefined && !list.filters.some((filter) => filter.key === openKey);
  const shown: readonly ListFilter[] = isNew ? [...list.filters, { key: openKey, values: [] }] : list.filters;
  const fields = [
    ...filterableFields(book).map((field) => ({
      key: field.key,
      label: book.labelOf(field.key),
      keywords: [field.key, field.label.zh, field.label.en, ...field.synonyms].join(' '),
    })),
    { key: 'tag', label: t('list.columns.tag'), keywords: 'tag biaoqian 标签' },
    { key: 'unit', label: t('list.columns.unit'), keywords: 'unit jigou 机构' },
  ];
  return (
    <FilterChips
      chips={shown.map((filter) => ({
        key: filter.key,
        label: words.labelOf(filter.key),
        text: words.textOf(filter),
        ...(filter.key === 'owner'
          ? {}
          : {
              editor: (
                <FilterEditor
                  filter={filter}
                  label={words.labelOf(filter.key)}
                  book={book}
                  onChange={(next) => list.setFilters(withFilter(list.filters, next))}
                />
              ),
            }),
      }))}
      fields={fields.filter((field) => !list.filters.some((filter) => filter.key === field.key))}
      onAdd={setOpenKey}
      openKey={openKey}
      onOpenChange={setOpenKey}
      onRemove={(key) => {
        if (key === openKey) setOpenKey(undefined);
        list.setFilters(list.filters.filter((filter) => filter.key !== key));
      }}
    />
  );
}
