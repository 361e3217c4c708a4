/** One event with conditions on its properties, as the forms of behavior ask for it. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './behavior.module.css';
import { looksPersonal, newWhere, OPS, type StepDraft, type WhereDraft } from './draft';
import { vocabularyQuery } from './queries';

interface StepFieldsProps {
  /** What the control is called to those who hear it. */
  label: string;
  value: StepDraft;
  onChange: (value: StepDraft) => void;
  /** Behind the event: order and removal. */
  tools?: React.ReactNode;
}

function WhereRow({
  value,
  onChange,
  onRemove,
}: {
  value: WhereDraft;
  onChange: (part: Partial<WhereDraft>) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('behavior');
  const isPersonal = looksPersonal(value.value);
  return (
    <li className={styles.where}>
      <Input
        aria-label={t('property')}
        placeholder={t('property')}
        value={value.property}
        maxLength={200}
        onChange={(event) => onChange({ property: event.target.value })}
      />
      <Select
        aria-label={t('op')}
        value={value.op}
        options={OPS.map((op) => ({ value: op, label: t(`ops.${op}`) }))}
        onChange={(op) => onChange({ op })}
      />
      <Input
        aria-label={t('value')}
        placeholder={t('value')}
        value={value.value}
        maxLength={200}
        status={isPersonal ? 'error' : ''}
        onChange={(event) => onChange({ value: event.target.value })}
      />
      <Button type="text" icon={<CloseOutlined />} aria-label={t('removeWhere')} onClick={onRemove} />
      {isPersonal && (
        <p className={`k-caption ${styles.wide}`} role="alert">
          {t('personal')}
        </p>
      )}
    </li>
  );
}

export function StepFields({ label, value, onChange, tools }: StepFieldsProps) {
  const { t } = useTranslation('behavior');
  const { data } = useQuery(vocabularyQuery);
  const put = (id: number, part: Partial<WhereDraft>) =>
    onChange({ ...value, where: value.where.map((one) => (one.id === id ? { ...one, ...part } : one)) });
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
      {value.where.length > 0 && (
        <ul className={styles.plain}>
          {value.where.map((one) => (
            <WhereRow
              key={one.id}
              value={one}
              onChange={(part) => put(one.id, part)}
              onRemove={() => onChange({ ...value, where: value.where.filter(({ id }) => id !== one.id) })}
            />
          ))}
        </ul>
      )}
      <Button
        type="link"
        size="small"
        icon={<PlusOutlined />}
        style={{ alignSelf: 'start', paddingInline: 0 }}
        onClick={() => onChange({ ...value, where: [...value.where, newWhere()] })}
      >
        {t('addWhere')}
      </Button>
    </>
  );
}
