/** What an answer sets off, how long the survey runs, and how often one customer is asked. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateSurvey } from '@/api/generated/sdk.gen';
import type { SurveyOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import { fromDefinition, isScale, questionsOf, textOf, tongueOf } from './builder/draft';
import { surveyQuery } from './queries';
import { Triggers } from './send/triggers';
import { fromSurvey, type SettingsForm, toChange } from './settings-form';

interface PartProps {
  survey: SurveyOut;
  value: SettingsForm;
  change: (part: Partial<SettingsForm>) => void;
}

function Figure(props: {
  label: string;
  hint?: string;
  min: number;
  max: number;
  value: number;
  isFixed?: boolean;
  onChange: (n: number) => void;
}) {
  const { label, hint, min, max, value, isFixed = false, onChange } = props;
  return (
    <Field label={label} hint={hint}>
      {({ status, ...control }) => (
        <InputNumber
          {...control}
          status={status}
          min={min}
          max={max}
          precision={0}
          disabled={isFixed}
          value={value}
          onChange={(next) => onChange(next ?? min)}
        />
      )}
    </Field>
  );
}

function Limits({ survey, value, change }: PartProps) {
  const { t } = useTranslation('surveys');
  return (
    <Card title={t('limits')}>
      <div className="k-stack" style={{ maxWidth: 480 }}>
        <Field label={t('closesOn')} hint={t('closesOnHint')} isOptional>
          {(control) => (
            <DateInput {...control} value={value.closesOn} onChange={(closesOn) => change({ closesOn })} />
          )}
        </Field>
        <Figure
          label={t('most')}
          hint={t('mostHint')}
          min={0}
          max={10_000_000}
          value={value.most}
          onChange={(most) => change({ most })}
        />
        {survey.mode === 'personal' && (
          <Figure
            label={t('coolDown')}
            hint={t('coolDownHint')}
            min={0}
            max={3650}
            value={value.coolDown}
            onChange={(coolDown) => change({ coolDown })}
          />
        )}
        {survey.mode === 'anonymous' && (
          <Figure
            label={t('threshold')}
            hint={t('thresholdHint')}
            min={5}
            max={1000}
            value={value.threshold}
            isFixed={survey.version > 0}
            onChange={(threshold) => change({ threshold })}
          />
        )}
      </div>
    </Card>
  );
}

function Rule({ survey, value, change }: PartProps) {
  const { t } = useTranslation('surveys');
  const tongue = tongueOf(useFormat().language);
  const scales = questionsOf(fromDefinition(survey.definition)).filter((one) => isScale(one.kehuKind));
  const toggle = (hasRule: boolean) =>
    change({ hasRule, question: value.question || (scales[0]?.name ?? '') });
  return (
    <Card title={t('rule')}>
      <div className="k-stack" style={{ maxWidth: 480 }}>
        <Checkbox
          checked={value.hasRule}
          disabled={scales.length === 0}
          onChange={(e) => toggle(e.target.checked)}
        >
          {t('ruleCheck')}
        </Checkbox>
        {value.hasRule && (
          <>
            <Field label={t('ruleQuestion')}>
              {({ status: _, ...control }) => (
                <Select
                  {...control}
                  value={value.question}
                  options={scales.map((one) => ({ value: one.name, label: textOf(one.title, tongue) }))}
                  onChange={(question) => change({ question })}
                />
              )}
            </Field>
            <Figure
              label={t('atMost')}
              min={0}
              max={10}
              value={value.atMost}
              onChange={(atMost) => change({ atMost })}
            />
            <Figure
              label={t('dueDays')}
              min={0}
              max={365}
              value={value.dueDays}
              onChange={(dueDays) => change({ dueDays })}
            />
          </>
        )}
      </div>
    </Card>
  );
}

export function SettingsTab({ survey, isReadOnly }: { survey: SurveyOut; isReadOnly: boolean }) {
  const { t } = useTranslation(['surveys', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const [value, setValue] = useState(() => fromSurvey(survey));
  const change = (part: Partial<SettingsForm>) => setValue((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: async () =>
      (
        await updateSurvey({
          path: { survey_id: survey.id },
          body: toChange(value, survey),
          throwOnError: true,
        })
      ).data,
    onSuccess: (next) => {
      client.setQueryData(surveyQuery(survey.id).queryKey, next);
      notify.done(t('saved'));
    },
  });
  const part = { survey, value, change };
  return (
    <fieldset disabled={isReadOnly} style={{ display: 'grid', gap: 16, margin: 0, padding: 0, border: 0 }}>
      <legend className="k-unseen">{t('tabs.settings')}</legend>
      <Limits {...part} />
      {survey.mode === 'personal' && <Rule {...part} />}
      {survey.mode === 'personal' && <Triggers survey={survey} />}
      <ProblemNote problem={save.error} />
      <div>
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t('common:save')}
        </Button>
      </div>
    </fieldset>
  );
}
