/** What opens below a filter chip: choices to tick, words to choose or type, or a range. It holds as soon as it is changed. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Checkbox, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listCustomers } from '@/api/generated/sdk.gen';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { useFormat } from '@/lib/format/use-format';
import { type FieldBook, unitsQuery } from '../field-book';
import { tagsQuery } from '../tags/queries';
import { kindOf, type ListFilter } from './filters';
import { noteSeen, seenWords } from './seen-values';

interface EditorProps {
  filter: ListFilter;
  label: string;
  book: FieldBook;
  onChange: (filter: ListFilter) => void;
}

function Choices({ filter, label, book, onChange }: EditorProps) {
  const codes = Object.keys(book.standardOf(filter.key)?.codes ?? {});
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend className="k-unseen">{label}</legend>
      <Checkbox.Group
        style={{ display: 'grid', gap: 6 }}
        value={[...filter.values]}
        options={codes.map((code) => ({ value: code, label: book.wordOf(filter.key, code) }))}
        onChange={(values) => onChange({ key: filter.key, values: values.map(String) })}
      />
    </fieldset>
  );
}

const SAMPLES = [
  { sort: 'name' },
  { sort: '-name' },
  // Rare tiers and high risk levels are found among the wealthy.
  { sort: 'name', filter: ['aum:gte:1000000'] },
] as const;

/** Looks at some customers of whom the field is known, so that there are words to choose from. */
function useWords(key: string): void {
  useQueries({
    queries: SAMPLES.map((sample) => ({
      queryKey: ['customers', 'words', key, sample],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const filter = [`${key}:empty:false`, ...('filter' in sample ? sample.filter : [])];
        const query = { filter, sort: sample.sort, limit: 200 };
        const { data } = await listCustomers({ query, signal, throwOnError: true });
        noteSeen(data.items, [key]);
        return data.items.length;
      },
      staleTime: 600_000,
      retry: false,
    })),
  });
}

function Words({ filter, label, onChange }: EditorProps) {
  const { t } = useTranslation('customers');
  const [draft, setDraft] = useState('');
  useWords(filter.key);
  const known = [...new Set([...seenWords(filter.key), ...filter.values])];
  const own = draft.trim();
  const words = own && !known.includes(own) ? [...known, own] : known;
  return (
    <Select
      mode="multiple"
      showSearch={{ onSearch: setDraft }}
      style={{ width: '100%' }}
      aria-label={label}
      placeholder={t('list.filter.words')}
      value={[...filter.values]}
      options={words.map((value) => ({ value, label: value }))}
      onChange={(values: string[]) => onChange({ key: filter.key, values })}
    />
  );
}

function Unit({ filter, label, onChange }: EditorProps) {
  const { t } = useTranslation('customers');
  const { data: units = [] } = useQuery(unitsQuery);
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      aria-label={label}
      placeholder={t('list.filter.unit')}
      value={filter.values[0] ?? null}
      options={units.map((unit) => ({ value: String(unit.id), label: unit.name }))}
      onChange={(value: string | null) => onChange({ key: filter.key, values: value ? [value] : [] })}
    />
  );
}

function Tags({ filter, label, onChange }: EditorProps) {
  const { t } = useTranslation('customers');
  const { data: tags = [] } = useQuery(tagsQuery);
  return (
    <Select
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      aria-label={label}
      placeholder={t('list.filter.tag')}
      value={[...filter.values]}
      options={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(values: string[]) => onChange({ key: filter.key, values })}
    />
  );
}

function withBound(filter: ListFilter, side: 'from' | 'to', value: string | undefined): ListFilter {
  const { [side]: _, ...rest } = filter;
  return { ...rest, values: [], ...(value ? { [side]: value } : {}) };
}

function Range({ filter, book, onChange }: EditorProps) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const isMoney = kindOf(filter.key, book) === 'money';
  const scale = isMoney ? (format.language === 'en' ? 1e6 : 1e4) : 1;
  const sides = [
    { side: 'from', label: t('list.filter.from') },
    { side: 'to', label: t('list.filter.to') },
  ] as const;
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
      {sides.map(({ side, label }) => (
        <Field key={side} label={label}>
          {({ status, ...control }) => (
            <InputNumber
              {...control}
              status={status}
              style={{ width: '100%' }}
              min={0}
              suffix={isMoney ? format.amountUnit : undefined}
              value={filter[side] === undefined ? null : Number(filter[side]) / scale}
              onChange={(value) =>
                onChange(
                  withBound(filter, side, value === null ? undefined : String(Math.round(value * scale))),
                )
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function Dates({ filter, onChange }: EditorProps) {
  const { t } = useTranslation('customers');
  const sides = [
    { side: 'from', label: t('list.filter.from') },
    { side: 'to', label: t('list.filter.to') },
  ] as const;
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {sides.map(({ side, label }) => (
        <Field key={side} label={label}>
          {(control) => (
            <DateInput
              {...control}
              value={filter[side] ?? ''}
              onChange={(value) => onChange(withBound(filter, side, value || undefined))}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

export function FilterEditor(props: EditorProps) {
  const kind = kindOf(props.filter.key, props.book);
  const wide = kind !== 'choices' && kind !== 'date';
  const editors = {
    words: Words,
    choices: Choices,
    money: Range,
    number: Range,
    date: Dates,
    reference: Unit,
    tags: Tags,
  };
  const Editor = editors[kind];
  return (
    <section
      aria-label={props.label}
      style={{ width: wide ? 280 : 200, maxHeight: 360, overflow: 'auto', padding: 4 }}
    >
      <Editor {...props} />
    </section>
  );
}
