/** The columns of the list: who, then every field that the registry lists, then what the customer himself carries. */
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '@/api/generated/types.gen';
import type { DataGridColumn } from '@/components/grid/columns';
import { Avatar } from '@/components/marks/avatar';
import { Highlight } from '@/components/marks/highlight';
import { Tag } from '@/components/marks/tag';
import { type Format, useFormat } from '@/lib/format/use-format';
import { type FieldBook, useFieldBook } from '../field-book';
import { hitWords } from './hit-words';
import { marksOf, numberMarks } from './hits';
import styles from './list.module.css';
import { noteOpened } from './place';

/** Shown until the person chooses for himself, in this order. */
const FIRST = ['resident_id', 'mobile', 'tier', 'aum', 'deposit_balance', 'region'];
export const goldTiers = new Set(['钻石', '私人银行', 'diamond', 'private', 'Diamond', 'Private banking']);

/** Under the name his pinyin, or the reason where what was hit stands in no column that is shown at first. */
function NameCell({ row }: { row: CustomerRow }) {
  const { t } = useTranslation('customers');
  const reason = hitWords(row, (hit) => hit.field !== '' && !FIRST.includes(hit.field));
  return (
    <span className={styles.person}>
      <Avatar name={row.name} hueKey={row.id} size={26} />
      <span className={styles.names}>
        <Link
          className={`k-ellipsis ${styles.name}`}
          to="/customers/$id"
          params={{ id: row.id }}
          preload={false}
          onClick={() => noteOpened(row.id)}
        >
          {row.name ? <Highlight text={row.name} hits={marksOf(row, 'name')} /> : t('list.nameless')}
        </Link>
        {(reason || row.pinyin) && (
          <small className="k-ellipsis">
            {reason ? <mark>{reason}</mark> : <Highlight text={row.pinyin} hits={marksOf(row, 'pinyin')} />}
          </small>
        )}
      </span>
    </span>
  );
}

interface CellProps {
  field: string;
  row: CustomerRow;
  book: FieldBook;
  format: Format;
}

function ValueCell({ field, row, book, format }: CellProps) {
  const shown = row.fields[field];
  if (!shown) return <span className="k-caption">—</span>;
  if (shown.is_masked) {
    return <Highlight text={shown.display} hits={numberMarks(row, field, shown.display)} />;
  }
  if (field === 'tier') {
    return <Tag tone={goldTiers.has(shown.display) ? 'gold' : 'neutral'}>{shown.display}</Tag>;
  }
  if (book.isMoney(field)) {
    const cell = <span title={format.amountExact(shown.display)}>{format.amountCell(shown.display)}</span>;
    return field === 'aum' ? <b>{cell}</b> : cell;
  }
  return shown.display;
}

type Column = DataGridColumn<CustomerRow>;

function fieldColumns(book: FieldBook, format: Format): Column[] {
  const listed = book.fields.filter((field) => field.is_listed && field.key !== 'name');
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  return [...listed]
    .sort((a, b) => rank(a.key) - rank(b.key) || a.position - b.position)
    .map((field) => {
      const isMoney = book.isMoney(field.key);
      const isNumber = isMoney || book.standardOf(field.key)?.is_number === true;
      return {
        key: field.key,
        label: book.labelOf(field.key),
        isExtra: !FIRST.includes(field.key),
        ...(isNumber ? { align: 'end' as const } : {}),
        ...(isMoney ? { unit: format.amountUnit } : {}),
        render: (row) => <ValueCell field={field.key} row={row} book={book} format={format} />,
      };
    });
}

export function useCustomerColumns(): readonly Column[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const book = useFieldBook();
  return useMemo(
    () => [
      {
        key: 'name',
        label: t('list.columns.name'),
        width: 196,
        isSortable: true,
        render: (row) => <NameCell row={row} />,
      },
      ...fieldColumns(book, format),
      {
        key: 'tags',
        label: t('list.columns.tag'),
        isExtra: true,
        render: ({ tags }) => (
          <span className="k-row" style={{ gap: 4 }}>
            {tags.map((name) => (
              <Tag key={name}>{name}</Tag>
            ))}
          </span>
        ),
      },
      { key: 'unit', label: t('list.columns.unit'), render: (row) => row.unit.name },
      { key: 'owner', label: t('list.columns.owner'), render: (row) => row.owner?.name ?? '—' },
      {
        key: 'updated_at',
        label: t('list.columns.updated_at'),
        isSortable: true,
        render: (row) => <span title={format.legalTime(row.updated_at)}>{format.near(row.updated_at)}</span>,
      },
      {
        key: 'completeness',
        label: t('list.columns.completeness'),
        align: 'end',
        isExtra: true,
        render: (row) => `${row.completeness}%`,
      },
      {
        key: 'record_count',
        label: t('list.columns.record_count'),
        hint: t('list.columns.record_hint'),
        align: 'end',
        render: (row) => format.count(row.record_count),
      },
    ],
    [t, format, book],
  );
}
