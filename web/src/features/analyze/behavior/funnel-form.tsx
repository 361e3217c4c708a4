/** What a funnel is made of: its steps in order, how long a try may take, when, of whom, and by what it is divided. */
import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './behavior.module.css';
import { type FunnelDraft, MOST_STEPS, newStep, type StepDraft } from './draft';
import { vocabularyQuery } from './queries';
import { StepFields } from './step-fields';
import { PeriodField, WhomField } from './whom-fields';

const FEWEST = 2;
const MOST_LIMIT = 36_500;

interface FormProps {
  value: FunnelDraft;
  change: (part: Partial<FunnelDraft>) => void;
}

function moved(steps: readonly StepDraft[], place: number, by: -1 | 1): readonly StepDraft[] {
  const next = [...steps];
  const [one] = next.splice(place, 1);
  if (one) next.splice(place + by, 0, one);
  return next;
}

function Steps({ value, change }: FormProps) {
  const { t } = useTranslation('behavior');
  const { steps } = value;
  const put = (steps: readonly StepDraft[]) => change({ steps });
  return (
    <section className="k-stack">
      <h2 className={styles.title}>{t('steps')}</h2>
      <ol className={styles.steps}>
        {steps.map((step, place) => (
          <li key={step.id}>
            <span className={styles.number} aria-hidden>
              {place + 1}
            </span>
            <div className={styles.stepBody}>
              <StepFields
                label={t('eventOfStep', { step: place + 1 })}
                value={step}
                onChange={(next) => put(steps.map((one) => (one.id === step.id ? next : one)))}
                tools={
                  <>
                    <Button
                      type="text"
                      icon={<ArrowUpOutlined />}
                      disabled={place === 0}
                      aria-label={t('earlierStep', { step: place + 1 })}
                      onClick={() => put(moved(steps, place, -1))}
                    />
                    <Button
                      type="text"
                      icon={<ArrowDownOutlined />}
                      disabled={place === steps.length - 1}
                      aria-label={t('laterStep', { step: place + 1 })}
                      onClick={() => put(moved(steps, place, 1))}
                    />
                    <Button
                      type="text"
                      icon={<CloseOutlined />}
                      disabled={steps.length <= FEWEST}
                      aria-label={t('removeStep', { step: place + 1 })}
                      onClick={() => put(steps.filter(({ id }) => id !== step.id))}
                    />
                  </>
                }
              />
            </div>
          </li>
        ))}
      </ol>
      <Button
        icon={<PlusOutlined />}
        style={{ alignSelf: 'start' }}
        disabled={steps.length >= MOST_STEPS}
        onClick={() => put([...steps, newStep()])}
      >
        {t('addStep')}
      </Button>
    </section>
  );
}

function Dividing({ value, change }: FormProps) {
  const { t } = useTranslation('behavior');
  const { language } = useFormat();
  const { data } = useQuery(vocabularyQuery);
  const fields = (data?.fields ?? []).filter(({ kind }) => kind === 'code' || kind === 'yes_no');
  return (
    <Field label={t('by')}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ optionFilterProp: 'label' }}
          value={value.by}
          options={[
            { value: '', label: t('notDivided') },
            { value: 'unit', label: t('byUnit') },
            ...fields.map(({ key, label }) => ({ value: key, label: inLanguage(label, language) })),
          ]}
          onChange={(by) => change({ by })}
        />
      )}
    </Field>
  );
}

export function FunnelForm({ value, change }: FormProps) {
  const { t } = useTranslation('behavior');
  return (
    <div className={styles.form}>
      <Steps value={value} change={change} />
      <Field label={t('limit')} hint={t('limitHint')}>
        {(control) => (
          <div className={styles.limit}>
            <InputNumber
              {...control}
              min={1}
              max={MOST_LIMIT}
              precision={0}
              value={value.limit}
              onChange={(limit) => change({ limit: limit ?? 1 })}
            />
            <Select
              aria-label={t('limitUnit')}
              value={value.unit}
              options={(['hours', 'days'] as const).map((unit) => ({ value: unit, label: t(unit) }))}
              onChange={(unit) => change({ unit })}
            />
          </div>
        )}
      </Field>
      <PeriodField value={value.period} onChange={(period) => change({ period })} />
      <WhomField value={value.segment} onChange={(segment) => change({ segment })} />
      <Dividing value={value} change={change} />
      <details className={styles.rules}>
        <summary>{t('rulesTitle')}</summary>
        <p>{t('rules')}</p>
      </details>
    </div>
  );
}
