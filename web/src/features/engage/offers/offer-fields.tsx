/** The parts of an offer's form: its words, and when and in which order it is shown. */
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import type { OfferForm } from './offer-form';
import styles from './offers.module.css';
import { eventNamesQuery } from './queries';

export interface PartProps {
  value: OfferForm;
  errors: Readonly<Record<string, string>>;
  change: (part: Partial<OfferForm>) => void;
}

const kinds = ['product', 'service', 'benefit', 'invitation'] as const;

export function WordFields({ value, errors, change, isKnown }: PartProps & { isKnown: boolean }) {
  const { t } = useTranslation('offers');
  const text = (name: 'descriptionZh' | 'descriptionEn' | 'reasonZh' | 'reasonEn', hint?: string) => (
    <Field label={t(name)} hint={hint} isOptional={name.startsWith('description')}>
      {(control) => (
        <Input.TextArea
          {...control}
          value={value[name]}
          maxLength={500}
          autoSize={{ minRows: 1, maxRows: 4 }}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <LabelFields value={value} errors={errors} hasFocus={!isKnown} onChange={change} />
      <div className={styles.pair}>
        <Field label={t('key')} hint={t('keyHint')} error={errors.key}>
          {(control) => (
            <Input
              {...control}
              className="k-mono"
              disabled={isKnown}
              value={value.key}
              maxLength={64}
              placeholder="large_deposit"
              onChange={(event) => change({ key: event.target.value.toLowerCase() })}
            />
          )}
        </Field>
        <Field label={t('kind')}>
          {({ status, ...control }) => (
            <Select
              {...control}
              status={status}
              value={value.kind}
              options={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
              onChange={(kind: string) => change({ kind })}
            />
          )}
        </Field>
      </div>
      {text('reasonZh', t('reasonHint'))}
      {text('reasonEn')}
      {text('descriptionZh')}
      {text('descriptionEn')}
    </>
  );
}

type NumberName = 'priority' | 'restShown' | 'restAnswer' | 'holdout';

export function TimingFields({ value, errors, change }: PartProps) {
  const { t } = useTranslation('offers');
  const { data } = useQuery(eventNamesQuery);
  const number = (
    name: NumberName,
    label: string,
    bounds: [number, number],
    unit?: string,
    hint?: string,
  ) => (
    <Field label={label} hint={hint} error={errors[name]}>
      {({ status, ...control }) => (
        <InputNumber
          {...control}
          status={status}
          style={{ width: '100%' }}
          min={bounds[0]}
          max={bounds[1]}
          suffix={unit}
          value={value[name]}
          onChange={(next) => change({ [name]: next })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('startsOn')} isOptional>
          {(control) => (
            <DateInput {...control} value={value.startsOn} onChange={(startsOn) => change({ startsOn })} />
          )}
        </Field>
        <Field label={t('endsOn')} isOptional>
          {(control) => (
            <DateInput
              {...control}
              earliest={value.startsOn}
              value={value.endsOn}
              onChange={(endsOn) => change({ endsOn })}
            />
          )}
        </Field>
        {number('priority', t('priority'), [1, 100], undefined, t('priorityHint'))}
        {number('holdout', t('holdout'), [0, 50], t('percent'), t('holdoutHint'))}
        {number('restShown', t('restShown'), [0, 3650], t('days'))}
        {number('restAnswer', t('restAnswer'), [0, 3650], t('days'))}
      </div>
      <Field label={t('goal')} hint={t('goalHint')} isOptional>
        {({ status, ...control }) => (
          <Select
            {...control}
            status={status}
            allowClear
            showSearch
            value={value.goal || null}
            options={(data?.events ?? []).map((name) => ({ value: name, label: name }))}
            onChange={(goal: string | null) => change({ goal: goal ?? '' })}
          />
        )}
      </Field>
      <Checkbox checked={value.isActive} onChange={(event) => change({ isActive: event.target.checked })}>
        {t('isActive')}
      </Checkbox>
    </>
  );
}
