/** A filter as a sentence: 管理资产 ≥ 50 万, 客户等级 金、白金. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { useMe } from '@/lib/session/me';
import { type FieldBook, unitsQuery } from '../field-book';
import { tagsQuery } from '../tags/queries';
import { kindOf, type ListFilter } from './filters';
import { seenOwner } from './seen-values';

interface FilterWords {
  labelOf: (key: string) => string;
  textOf: (filter: ListFilter) => string;
}

export function useFilterWords(book: FieldBook): FilterWords {
  const { t } = useTranslation(['customers', 'common']);
  const format = useFormat();
  const me = useMe();
  const { data: units = [] } = useQuery(unitsQuery);
  const { data: tags = [] } = useQuery(tagsQuery);
  const unitName = (id: string) => units.find((unit) => String(unit.id) === id)?.name ?? id;
  const ownerName = (id: string) =>
    id === String(me.user.id) ? t('list.filter.me') : (seenOwner(id) ?? t('list.filter.colleague'));
  const wordOf = (key: string, value: string) => {
    if (key === 'unit') return unitName(value);
    if (key === 'tag') return tags.find(({ id }) => String(id) === value)?.name ?? value;
    return key === 'owner' ? ownerName(value) : book.wordOf(key, value);
  };
  const bound = (key: string, value: string) => {
    const kind = kindOf(key, book);
    if (kind === 'money') return format.amount(value).replace(/\.0+(?=\D|$)/, '');
    return kind === 'number' ? format.count(Number(value)) : value;
  };
  return {
    labelOf: (key) =>
      key === 'unit' || key === 'owner' || key === 'tag' ? t(`list.columns.${key}`) : book.labelOf(key),
    textOf: ({ key, values, from, to }) => {
      if (from !== undefined && to !== undefined) {
        return t('list.filter.between', { from: bound(key, from), to: bound(key, to) });
      }
      if (from !== undefined) return `≥ ${bound(key, from)}`;
      if (to !== undefined) return `≤ ${bound(key, to)}`;
      if (values.length === 0) return t('list.filter.choose');
      return values.map((value) => wordOf(key, value)).join(t('common:listComma'));
    },
  };
}
