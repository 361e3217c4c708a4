/** The parts of the forms of fields: synonyms, class, and the rule by which one value is chosen. */
import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { type DataClass, type Survivorship, survivorships } from './field-words';

interface SynonymsProps {
  value: readonly string[];
  error: string | undefined;
  onChange: (synonyms: string[]) => void;
}

/** Other names of the column in files; the mapping of an import finds the field by them. */
export function Synonyms({ value, error, onChange }: SynonymsProps) {
  const { t } = useTranslation('settings');
  return (
    <Field label={t('fields.synonyms')} hint={t('fields.synonymsHint')} error={error} isOptional>
      {({ status, ...control }) => (
        <Select<string[]>
          {...control}
          status={status}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={[...value]}
          tokenSeparators={[',', '，', '、', ';', '；']}
          onChange={(next) => onChange(next.map((text) => text.trim()).filter(Boolean))}
        />
      )}
    </Field>
  );
}

interface RuleProps {
  value: Survivorship;
  onChange: (rule: Survivorship) => void;
}

export function SurvivorshipChoice({ value, onChange }: RuleProps) {
  const { t } = useTranslation('settings');
  return (
    <ChoiceList<Survivorship>
      label={t('fields.columns.survivorship')}
      size="small"
      choices={survivorships.map((key) => ({
        value: key,
        label: t(`fields.survivorships.${key}`),
        detail: t(`fields.survivorshipHints.${key}`),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

interface ClassProps {
  value: DataClass;
  /** A class only rises, so that a sealed field stays sealed. */
  isLocked: boolean;
  onChange: (dataClass: DataClass) => void;
}

export function ClassChoice({ value, isLocked, onChange }: ClassProps) {
  const { t } = useTranslation('settings');
  return (
    <Field label={t('fields.columns.dataClass')} hint={t(`fields.classHints.${value}`)}>
      {({ status, ...control }) => (
        <Select<DataClass>
          {...control}
          status={status}
          value={value}
          disabled={isLocked}
          options={(['C1', 'C2'] as const).map((key) => ({
            value: key,
            label: `${key} ${t(`classes.${key}`)}`,
          }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

export function ListedChoice({ value, onChange }: { value: boolean; onChange: (is: boolean) => void }) {
  const { t } = useTranslation('settings');
  return (
    <Checkbox checked={value} onChange={(event) => onChange(event.target.checked)}>
      {t('fields.listedLong')}
    </Checkbox>
  );
}

interface SectionProps {
  value: string;
  options: readonly { value: string; label: string }[];
  error: string | undefined;
  onChange: (section: string) => void;
}

export function SectionChoice({ value, options, error, onChange }: SectionProps) {
  const { t } = useTranslation('settings');
  return (
    <Field label={t('fields.section')} error={error}>
      {({ status, ...control }) => (
        <Select<string>
          {...control}
          status={status}
          value={value}
          options={[...options]}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
