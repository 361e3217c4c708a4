/** The control by which a value of a field is written: its codes, a date, or a text that the server reads. */
import { Input, Select } from 'antd';
import { DateInput } from '@/components/form/date-input';
import type { FieldControl } from '@/components/form/field';
import type { FieldBook } from '../field-book';

interface ValueInputProps {
  field: string;
  book: FieldBook;
  control: FieldControl;
  value: string;
  onChange: (value: string) => void;
}

export function ValueInput({ field, book, control, value, onChange }: ValueInputProps) {
  const standard = book.standardOf(field);
  const codes = Object.keys(standard?.codes ?? {});
  if (codes.length > 0) {
    return (
      <Select
        {...control}
        allowClear
        style={{ width: '100%' }}
        value={value || null}
        options={codes.map((code) => ({ value: code, label: book.wordOf(field, code) }))}
        onChange={(code: string | null) => onChange(code ?? '')}
      />
    );
  }
  if (standard?.key === 'text' && field === 'note') {
    return (
      <Input.TextArea
        {...control}
        autoComplete="off"
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  if (standard?.is_date) return <DateInput {...control} value={value} onChange={onChange} />;
  return (
    <Input {...control} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
  );
}
