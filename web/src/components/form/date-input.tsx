/** A day, or a day with its minute, written as 2026-11-24 08:40 in both languages. Text outside, so that no zone shifts it. */
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { FieldControl } from './field';

interface DateInputProps extends FieldControl {
  /** `2026-11-24`, or with `hasTime` `2026-11-24T08:40`; empty for none. */
  value: string;
  onChange: (value: string) => void;
  hasTime?: boolean;
  /** The first and the last day that can be chosen. */
  earliest?: string;
  latest?: string;
  placeholder?: string;
  autoFocus?: boolean;
}

export function DateInput(props: DateInputProps) {
  const { value, onChange, hasTime = false, earliest, latest, placeholder, autoFocus, ...control } = props;
  const shown = hasTime ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD';
  const kept = hasTime ? 'YYYY-MM-DDTHH:mm' : 'YYYY-MM-DD';
  return (
    <DatePicker
      {...control}
      style={{ width: '100%' }}
      format={shown}
      showTime={hasTime ? { format: 'HH:mm' } : false}
      showNow={false}
      needConfirm={false}
      {...(autoFocus ? { autoFocus } : {})}
      placeholder={placeholder ?? shown}
      value={value ? dayjs(value) : null}
      disabledDate={(day) => {
        const text = day.format('YYYY-MM-DD');
        return (latest !== undefined && text > latest) || (earliest !== undefined && text < earliest);
      }}
      onChange={(day) => onChange(day ? day.format(kept) : '')}
    />
  );
}
