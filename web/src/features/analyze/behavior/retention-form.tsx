/** What makes a cohort, what is coming back, by week or month, and which customers. */
import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import styles from './behavior.module.css';
import { COHORTS, FEWEST_COHORTS, KINDS, MOST_COHORTS, type RetentionDraft, UNITS } from './retention-draft';
import { StepFields } from './step-fields';
import { WhomField } from './whom-fields';

interface FormProps {
  value: RetentionDraft;
  change: (part: Partial<RetentionDraft>) => void;
}

export function RetentionForm({ value, change }: FormProps) {
  const { t } = useTranslation('behavior');
  return (
    <div className={styles.form}>
      <section className={styles.stepBody}>
        <h2 className={styles.title}>{t('begin')}</h2>
        <StepFields label={t('begin')} value={value.begin} onChange={(begin) => change({ begin })} />
        <Segmented
          label={t('cohortsBy')}
          options={COHORTS.map((one) => ({ value: one, label: t(`cohortsByOptions.${one}`) }))}
          value={value.cohortsBy}
          onChange={(cohortsBy) => change({ cohortsBy })}
        />
      </section>
      <section className={styles.stepBody}>
        <h2 className={styles.title}>{t('back')}</h2>
        <StepFields label={t('back')} value={value.back} onChange={(back) => change({ back })} />
        <Segmented
          label={t('kind')}
          options={KINDS.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
          value={value.kind}
          onChange={(kind) => change({ kind })}
        />
      </section>
      <section className={styles.stepBody}>
        <h2 className={styles.title}>{t('unit')}</h2>
        <Segmented
          label={t('unit')}
          options={UNITS.map((one) => ({ value: one, label: t(`units.${one}`) }))}
          value={value.unit}
          onChange={(unit) => change({ unit })}
        />
      </section>
      <Field label={t('cohortCount')} hint={t('cohortCountHint')}>
        {(control) => (
          <InputNumber
            {...control}
            min={FEWEST_COHORTS}
            max={MOST_COHORTS}
            precision={0}
            value={value.cohorts}
            onChange={(cohorts) => change({ cohorts: cohorts ?? FEWEST_COHORTS })}
          />
        )}
      </Field>
      <WhomField value={value.segment} onChange={(segment) => change({ segment })} />
      <details className={styles.rules}>
        <summary>{t('rulesTitle')}</summary>
        <p>{t('retentionRules')}</p>
      </details>
    </div>
  );
}
