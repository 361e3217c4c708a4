/** Who: from saved segments, by a definition, or nobody. */
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { savedSegmentsQuery } from '@/lib/segments';
import { type RuleDraft, type RuleSource, toDefinition } from './offer-form';

interface RuleEditorProps {
  label: string;
  hint?: string;
  /** Where the server found a mistake, in its words. */
  error: string | undefined;
  mayBeNobody?: boolean;
  value: RuleDraft;
  onChange: (value: RuleDraft) => void;
}

export function RuleEditor({ label, hint, error, mayBeNobody = false, value, onChange }: RuleEditorProps) {
  const { t } = useTranslation('offers');
  const { data: segments = [] } = useQuery(savedSegmentsQuery);
  const sources: readonly RuleSource[] = mayBeNobody ? ['none', 'segments', 'json'] : ['segments', 'json'];
  const isUnread = value.source === 'json' && value.json.trim() !== '' && !toDefinition(value);
  const hints = {
    none: hint,
    segments: t('segmentsHint'),
    json: t('jsonHint'),
  };
  return (
    <Field
      label={label}
      hint={hints[value.source]}
      error={isUnread ? t('jsonWrong') : error}
      aside={
        <Segmented
          label={label}
          value={value.source}
          options={sources.map((source) => ({ value: source, label: t(`ruleSources.${source}`) }))}
          onChange={(source) => onChange({ ...value, source })}
        />
      }
    >
      {({ status, ...control }) =>
        value.source === 'json' ? (
          <Input.TextArea
            {...control}
            status={status}
            className="k-mono"
            spellCheck={false}
            value={value.json}
            autoSize={{ minRows: 4, maxRows: 14 }}
            placeholder={'{"all": [{"field": "deposit_balance", "op": "gte", "value": 200000}]}'}
            onChange={(event) => onChange({ ...value, json: event.target.value })}
          />
        ) : value.source === 'segments' ? (
          <Select
            {...control}
            status={status}
            mode="multiple"
            placeholder={t('chooseSegments')}
            showSearch={{ optionFilterProp: 'label' }}
            value={[...value.segments]}
            options={segments.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(chosen: string[]) => onChange({ ...value, segments: chosen })}
          />
        ) : null
      }
    </Field>
  );
}
