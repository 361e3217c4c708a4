/** When a question is shown: always, or after one answer; what joins several is written as text. */
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { type Question, type Tongue, textOf } from './draft';
import { isAlone, signs, toCondition, toText } from './logic';

interface VisibleIfProps {
  value: string;
  before: readonly Question[];
  tongue: Tongue;
  onChange: (text: string) => void;
}

function ValueOf({ asked, value, tongue, onChange }: Omit<VisibleIfProps, 'before'> & { asked?: Question }) {
  const { t } = useTranslation('surveys');
  if (!asked?.choices) {
    return (
      <Input
        aria-label={t('value')}
        value={value}
        style={{ width: 120 }}
        onChange={(e) => onChange(e.target.value)}
      />
    );
  }
  const options = asked.choices.map((one) => ({ value: one.value, label: textOf(one.text, tongue) }));
  return (
    <Select
      aria-label={t('value')}
      value={value}
      options={options}
      style={{ minWidth: 140 }}
      onChange={onChange}
    />
  );
}

export function VisibleIf({ value, before, tongue, onChange }: VisibleIfProps) {
  const { t } = useTranslation('surveys');
  if (before.length === 0) return null;
  const condition = toCondition(value);
  if (value && !condition) {
    return (
      <Field label={t('visibleIf')} hint={t('visibleIfHint')}>
        {(control) => (
          <Input {...control} className="k-mono" value={value} onChange={(e) => onChange(e.target.value)} />
        )}
      </Field>
    );
  }
  const asked = before.find(({ name }) => name === condition?.name);
  const choose = (name: string | undefined) => {
    const next = before.find((one) => one.name === name);
    if (!next) return onChange('');
    onChange(toText({ name: next.name, sign: '=', value: next.choices?.[0]?.value ?? '0' }));
  };
  return (
    <Field label={t('visibleIf')}>
      {({ status: _, ...control }) => (
        <div className="k-row k-wrap">
          <Select
            {...control}
            allowClear
            placeholder={t('always')}
            value={condition?.name ?? null}
            style={{ minWidth: 180, maxWidth: 260 }}
            options={before.map((one) => ({ value: one.name, label: textOf(one.title, tongue) }))}
            onChange={(name) => choose(name ?? undefined)}
          />
          {condition && (
            <Select
              aria-label={t('comparison')}
              value={condition.sign}
              style={{ width: 120 }}
              options={signs.map((sign) => ({ value: sign, label: t(`signs.${sign}`) }))}
              onChange={(sign) => onChange(toText({ ...condition, sign }))}
            />
          )}
          {condition && !isAlone(condition.sign) && (
            <ValueOf
              {...(asked ? { asked } : {})}
              value={condition.value}
              tongue={tongue}
              onChange={(next) => onChange(toText({ ...condition, value: next }))}
            />
          )}
        </div>
      )}
    </Field>
  );
}
