/** How a lifecycle is called and what it is for, since when somebody is a customer, and the examples to begin with. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VocabularyOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { Book } from '../../segments/builder/kinds';
import { standardsQuery } from '../queries';
import { type LifecycleDraft, type StageDraft, stagesOf } from './draft';

interface TermsProps {
  value: LifecycleDraft;
  vocabulary: VocabularyOut;
  book: Book;
  isKnown: boolean;
  errors: Readonly<Record<string, string>>;
  onStart: (stages: readonly StageDraft[], since: string) => void;
  onChange: (part: Partial<LifecycleDraft>) => void;
}

function Starts({ book, onStart }: Pick<TermsProps, 'book' | 'onStart'>) {
  const { t } = useTranslation('lifecycle');
  const { language } = useFormat();
  const { data = [] } = useQuery(standardsQuery);
  return (
    <div className="k-row k-wrap">
      <span className="k-caption">{t('startFrom')}</span>
      {data.map((one) => {
        const { since = '' } = one.definition as { since?: string };
        return (
          <Button key={one.key} size="small" onClick={() => onStart(stagesOf(one.definition, book), since)}>
            {inLanguage(one.name, language)}
          </Button>
        );
      })}
    </div>
  );
}

export function Terms({ value, vocabulary, book, isKnown, errors, onStart, onChange }: TermsProps) {
  const { t } = useTranslation('lifecycle');
  const { language } = useFormat();
  const days = vocabulary.fields.filter((one) => one.kind === 'date');
  return (
    <>
      {!isKnown && <Starts book={book} onStart={onStart} />}
      <LabelFields value={value} errors={errors} onChange={onChange} />
      <Field label={t('usedFor')} hint={t('usedForHint')} error={errors.used_for}>
        {(control) => (
          <Input
            {...control}
            value={value.usedFor}
            maxLength={400}
            onChange={(event) => onChange({ usedFor: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('key')} hint={t('keyHint')} error={errors.key}>
        {(control) => (
          <Input
            {...control}
            className="k-mono"
            disabled={isKnown}
            value={value.key}
            maxLength={40}
            onChange={(event) => onChange({ key: event.target.value.toLowerCase() })}
          />
        )}
      </Field>
      <Field label={t('since')} hint={t('sinceHint')} isOptional>
        {(control) => (
          <Select
            {...control}
            allowClear
            placeholder={t('sinceNone')}
            value={value.since || null}
            options={days.map((one) => ({ value: one.key, label: inLanguage(one.label, language) }))}
            onChange={(since) => onChange({ since: since ?? '' })}
          />
        )}
      </Field>
    </>
  );
}
