/** What a source is: who sends, of what kind, how far it is trusted, where its customers go. */
import { useQuery } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SourceIn } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { unitsQuery } from '../queries';
import { KINDS, useKindName } from './source-kinds';

interface SourceFieldsProps {
  value: SourceIn;
  onChange: (change: Partial<SourceIn>) => void;
  errors: Readonly<Record<string, string>>;
  /** Of a source that is there already: its code stays, and the hints say what a change does. */
  isKnown?: boolean;
}

export function SourceFields({ value, onChange, errors, isKnown = false }: SourceFieldsProps) {
  const { t } = useTranslation('collect');
  const units = useQuery(unitsQuery).data ?? [];
  const kindName = useKindName();
  const known: readonly string[] = KINDS;
  const kinds = [...KINDS, ...(known.includes(value.kind) ? [] : [value.kind])].map((kind) => ({
    value: kind,
    label: kindName(kind),
  }));
  return (
    <div className="k-stack">
      <Field label={t('sources.name')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            autoFocus={!isKnown}
            value={value.name}
            maxLength={100}
            placeholder={t('sources.namePlaceholder')}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t('sources.key')}
        hint={t(isKnown ? 'sources.codeFixed' : 'sources.keyHint')}
        error={errors.key}
      >
        {(control) => (
          <Input
            {...control}
            value={value.key}
            disabled={isKnown}
            maxLength={64}
            placeholder="cards"
            spellCheck={false}
            onChange={(event) => onChange({ key: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field label={t('sources.kind')} error={errors.kind}>
        {({ status, ...control }) => (
          <Select
            {...control}
            status={status}
            value={value.kind}
            options={kinds}
            onChange={(kind) => onChange({ kind })}
          />
        )}
      </Field>
      <Field
        label={t('sources.trust')}
        hint={t(isKnown ? 'sources.trustHintKnown' : 'sources.trustHint')}
        error={errors.trust}
      >
        {(control) => (
          <InputNumber
            {...control}
            value={value.trust}
            min={0}
            max={100}
            precision={0}
            style={{ width: 120 }}
            onChange={(trust) => onChange({ trust: trust ?? 0 })}
          />
        )}
      </Field>
      <Field
        label={t('sources.unit')}
        hint={t(isKnown ? 'sources.unitHintKnown' : 'sources.unitHint')}
        error={errors.unit}
        isOptional={!isKnown}
      >
        {({ status, ...control }) => (
          <Select
            {...control}
            status={status}
            showSearch={{ optionFilterProp: 'label' }}
            allowClear={!isKnown}
            value={value.unit ?? null}
            placeholder={units[0]?.name}
            options={units.map((unit) => ({ value: unit.code, label: `${unit.name}（${unit.code}）` }))}
            onChange={(unit: string | null | undefined) => onChange({ unit: unit ?? null })}
          />
        )}
      </Field>
    </div>
  );
}
