/** A password for somebody else: typed, or made here; to be handed over by a way of its own. */
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { makePassword } from './password';

interface PasswordFieldProps {
  label: string;
  hint: string;
  value: string;
  error?: string | undefined;
  isOptional?: boolean;
  onChange: (password: string) => void;
}

export function PasswordField({ label, hint, value, error, isOptional, onChange }: PasswordFieldProps) {
  const { t } = useTranslation('settings');
  const [isVisible, setVisible] = useState(false);
  const make = () => {
    onChange(makePassword((bytes) => crypto.getRandomValues(bytes)));
    setVisible(true);
  };
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      isOptional={isOptional ?? false}
      aside={
        <Button type="link" size="small" onClick={make}>
          {t('users.makePassword')}
        </Button>
      }
    >
      {(control) => (
        <Input.Password
          {...control}
          value={value}
          maxLength={200}
          visibilityToggle={{ visible: isVisible, onVisibleChange: setVisible }}
          autoComplete="new-password"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
