/** Conditions on the properties of an event, in rows that can be added and removed. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { looksPersonal, newWhere, OPS, type WhereDraft } from '@/lib/properties';
import styles from './form.module.css';

interface PropertyRowsProps {
  value: readonly WhereDraft[];
  onChange: (value: WhereDraft[]) => void;
  /** Why a value must not look personal, where it must not. */
  whyNotPersonal?: string;
}

const LONGEST = 200;

export function PropertyRows({ value, onChange, whyNotPersonal }: PropertyRowsProps) {
  const { t } = useTranslation();
  const put = (id: number, part: Partial<WhereDraft>) =>
    onChange(value.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <>
      {value.length > 0 && (
        <ul className={styles.wheres} aria-label={t('properties.label')}>
          {value.map((one) => {
            const isRefused = whyNotPersonal !== undefined && looksPersonal(one);
            return (
              <li key={one.id}>
                <Input
                  aria-label={t('properties.property')}
                  placeholder={t('properties.property')}
                  value={one.property}
                  maxLength={LONGEST}
                  onChange={(event) => put(one.id, { property: event.target.value })}
                />
                <Select
                  aria-label={t('properties.op')}
                  value={one.op}
                  options={OPS.map((op) => ({ value: op, label: t(`properties.ops.${op}`) }))}
                  onChange={(op) => put(one.id, { op })}
                />
                <Input
                  aria-label={t('properties.value')}
                  placeholder={t('properties.value')}
                  value={one.value}
                  maxLength={LONGEST}
                  status={isRefused ? 'error' : ''}
                  onChange={(event) => put(one.id, { value: event.target.value })}
                />
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t('properties.remove')}
                  onClick={() => onChange(value.filter(({ id }) => id !== one.id))}
                />
                {isRefused && (
                  <p className={`k-caption ${styles.wide}`} role="alert">
                    {whyNotPersonal}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <Button
        type="link"
        size="small"
        icon={<PlusOutlined />}
        style={{ justifySelf: 'start', alignSelf: 'start', paddingInline: 0 }}
        onClick={() => onChange([...value, newWhere()])}
      >
        {t('properties.add')}
      </Button>
    </>
  );
}
