/** The control for the values of a condition, by the kind of the field and by what the operator takes. */
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DateInput } from '@/components/form/date-input';
import type { FieldControl } from '@/components/form/field';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { Subject, Value } from './kinds';

/** A control that is labelled by itself. */
export const bare = (id: string): FieldControl => ({
  id,
  'aria-describedby': undefined,
  'aria-invalid': undefined,
  status: '',
});

interface OneProps {
  subject: Subject;
  label: string;
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
}

function OneInput({ subject, label, value, onChange }: OneProps) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  if (subject.kind === 'number') {
    return (
      <InputNumber
        aria-label={label}
        placeholder={label}
        style={{ width: 140 }}
        formatter={(text) => String(text ?? '').replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  }
  if (subject.kind === 'date') {
    return (
      <div style={{ width: 140 }}>
        <DateInput
          {...bare(`${subject.key}-${label}`)}
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={(next) => onChange(next || undefined)}
        />
      </div>
    );
  }
  if (subject.kind === 'yes_no') {
    const options = [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ];
    return (
      <Select
        aria-label={label}
        style={{ width: 90 }}
        options={options}
        value={value === undefined ? null : String(value)}
        onChange={(next) => onChange(next === 'true')}
      />
    );
  }
  const codes = Object.entries(subject.codes);
  if (codes.length > 0) {
    return (
      <Select
        aria-label={label}
        placeholder={label}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 160 }}
        options={codes.map(([code, name]) => ({ value: code, label: inLanguage(name, language) }))}
        value={typeof value === 'string' ? value : null}
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      placeholder={label}
      style={{ width: 160 }}
      maxLength={200}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}

interface ValuesProps {
  subject: Subject;
  takes: string;
  values: readonly (Value | undefined)[];
  onChange: (values: readonly (Value | undefined)[]) => void;
}

export function ValuesInput({ subject, takes, values, onChange }: ValuesProps) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  if (takes === 'none') return null;
  if (takes === 'days') {
    return (
      <InputNumber
        aria-label={t('value')}
        min={1}
        max={36_500}
        precision={0}
        suffix={t('days')}
        style={{ width: 110 }}
        value={typeof values[0] === 'number' ? values[0] : null}
        onChange={(next) => onChange([next ?? undefined])}
      />
    );
  }
  if (takes === 'many') {
    const codes = Object.entries(subject.codes);
    return (
      <Select
        aria-label={t('value')}
        mode={codes.length > 0 ? 'multiple' : 'tags'}
        tokenSeparators={[',', '，', '、', '\n']}
        style={{ minWidth: 200, maxWidth: 360 }}
        options={codes.map(([code, name]) => ({ value: code, label: inLanguage(name, language) }))}
        value={values.filter((value) => typeof value === 'string')}
        onChange={(next: string[]) => onChange(next)}
      />
    );
  }
  if (takes === 'two') {
    return (
      <>
        <OneInput
          subject={subject}
          label={t('low')}
          value={values[0]}
          onChange={(next) => onChange([next, values[1]])}
        />
        <span aria-hidden>–</span>
        <OneInput
          subject={subject}
          label={t('high')}
          value={values[1]}
          onChange={(next) => onChange([values[0], next])}
        />
      </>
    );
  }
  return (
    <OneInput subject={subject} label={t('value')} value={values[0]} onChange={(next) => onChange([next])} />
  );
}
