/** When events count, and of which customers: the parts that every form of behavior has. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { savedSegmentsQuery } from '@/lib/segments';
import styles from './behavior.module.css';
import { type Period, SPANS } from './draft';

const OWN = -1;

export function PeriodField({ value, onChange }: { value: Period; onChange: (value: Period) => void }) {
  const { t } = useTranslation('behavior');
  return (
    <>
      <Field label={t('period')} hint={t('periodHint')}>
        {(control) => (
          <Select
            {...control}
            value={value.days ?? OWN}
            options={[
              ...SPANS.map((days) => ({ value: Number(days), label: t('lastDays', { days }) })),
              { value: 0, label: t('ever') },
              { value: OWN, label: t('ownDays') },
            ]}
            onChange={(days) => onChange({ ...value, days: days === OWN ? undefined : days })}
          />
        )}
      </Field>
      {value.days === undefined && (
        <div className={styles.pair}>
          <Field label={t('from')}>
            {(control) => (
              <DateInput
                {...control}
                value={value.from}
                {...(value.to ? { latest: value.to } : {})}
                onChange={(from) => onChange({ ...value, from })}
              />
            )}
          </Field>
          <Field label={t('to')}>
            {(control) => (
              <DateInput
                {...control}
                value={value.to}
                {...(value.from ? { earliest: value.from } : {})}
                onChange={(to) => onChange({ ...value, to })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}

export function WhomField({ value, onChange }: { value: string; onChange: (segment: string) => void }) {
  const { t } = useTranslation('behavior');
  const { data = [] } = useQuery(savedSegmentsQuery);
  return (
    <Field label={t('whom')}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ optionFilterProp: 'label' }}
          value={value}
          options={[
            { value: '', label: t('everybody') },
            ...data.map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
