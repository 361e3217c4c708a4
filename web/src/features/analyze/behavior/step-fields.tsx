/** One event with conditions on its properties, as the forms of behavior ask for it. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PropertyRows } from '@/components/form/property-rows';
import styles from './behavior.module.css';
import type { StepDraft } from './draft';
import { vocabularyQuery } from './queries';

interface StepFieldsProps {
  /** What the control is called to those who hear it. */
  label: string;
  value: StepDraft;
  onChange: (value: StepDraft) => void;
  /** Behind the event: order and removal. */
  tools?: React.ReactNode;
}

export function StepFields({ label, value, onChange, tools }: StepFieldsProps) {
  const { t } = useTranslation('behavior');
  const { data } = useQuery(vocabularyQuery);
  return (
    <>
      <div className={styles.event}>
        <Select
          aria-label={label}
          placeholder={t('chooseEvent')}
          showSearch
          className="k-grow"
          value={value.event ?? null}
          options={(data?.events ?? []).map((name) => ({ value: name, label: name }))}
          onChange={(event) => onChange({ ...value, event })}
        />
        {tools}
      </div>
      <PropertyRows
        value={value.where}
        whyNotPersonal={t('personal')}
        onChange={(where) => onChange({ ...value, where })}
      />
    </>
  );
}
