/** A name in both languages, side by side: every name that people give in the settings has both. */
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from './field';
import styles from './form.module.css';

export interface LabelValue {
  zh: string;
  en: string;
}

interface LabelFieldsProps {
  value: LabelValue;
  errors: Readonly<Record<string, string>>;
  hasFocus?: boolean;
  onChange: (part: Partial<LabelValue>) => void;
}

const LONGEST = 100;

export function LabelFields({ value, errors, hasFocus = false, onChange }: LabelFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      {(['zh', 'en'] as const).map((language) => (
        <Field key={language} label={t(`names.${language}`)} error={errors[language]}>
          {(control) => (
            <Input
              {...control}
              autoFocus={hasFocus && language === 'zh'}
              value={value[language]}
              maxLength={LONGEST}
              onChange={(event) => onChange({ [language]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
