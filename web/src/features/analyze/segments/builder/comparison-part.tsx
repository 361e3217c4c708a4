/** How a subject compares, and with what. */
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { Book, Comparison, Subject } from './kinds';
import { ValuesInput } from './value-input';

/** The operators that can be asked of a kind, in the order of the server. */
const fitting = (kind: string, book: Book) =>
  [...book.operators.values()].filter(({ kinds }) => kinds.includes(kind));

/** How a subject that was just chosen is compared. */
export const firstComparison = (kind: string, book: Book): Comparison => ({
  op: fitting(kind, book).find(({ takes }) => takes !== 'none')?.key,
  values: [],
});

interface ComparisonPartProps {
  subject: Subject;
  value: Comparison;
  book: Book;
  onChange: (value: Comparison) => void;
}

export function ComparisonPart({ subject, value, book, onChange }: ComparisonPartProps) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const operators = fitting(subject.kind, book);
  const operator = book.operators.get(value.op ?? '');
  return (
    <>
      <Select
        aria-label={t('operator')}
        popupMatchSelectWidth={false}
        style={{ width: 150 }}
        options={operators.map(({ key, label }) => ({ value: key, label: inLanguage(label, language) }))}
        value={value.op ?? null}
        onChange={(op) => {
          const keeps = book.operators.get(op)?.takes === operator?.takes;
          onChange({ op, values: keeps ? value.values : [] });
        }}
      />
      {operator && (
        <ValuesInput
          key={operator.takes}
          subject={subject}
          takes={operator.takes}
          values={value.values}
          onChange={(values) => onChange({ ...value, values })}
        />
      )}
    </>
  );
}
