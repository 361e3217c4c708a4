/** A text into which a variable is put where the caret stands: the field's name is chosen, its Liquid is written. */
import { Button, Dropdown, Input } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VariableOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './templates.module.css';

interface VariableTextProps {
  label: string;
  hint?: string;
  value: string;
  variables: readonly VariableOut[];
  /** One line without breaks. */
  isLine?: boolean;
  maxLength?: number;
  onChange: (value: string) => void;
}

export function VariableText(props: VariableTextProps) {
  const { label, hint, value, variables, isLine = false, maxLength = 5000, onChange } = props;
  const { t } = useTranslation('templates');
  const { language } = useFormat();
  const caret = useRef<number | null>(null);
  const put = (liquid: string) => {
    const at = caret.current ?? value.length;
    onChange(`${value.slice(0, at)}{{ ${liquid} }}${value.slice(at)}`);
    caret.current = at + liquid.length + 6;
  };
  const items = variables.map((one) => ({ key: one.name, label: inLanguage(one.label, language) }));
  const aside = (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        className: styles.menu ?? '',
        onClick: ({ key }) =>
          put(variables.find(({ name }) => name === key)?.is_number ? `${key} | money` : key),
      }}
    >
      <Button
        type="link"
        size="small"
        className={styles.insert ?? ''}
        aria-label={t('insertInto', { label })}
      >
        {t('insert')}
      </Button>
    </Dropdown>
  );
  return (
    <Field label={label} aside={aside} hint={hint}>
      {({ status, ...control }) =>
        isLine ? (
          <Input
            {...control}
            status={status}
            value={value}
            maxLength={maxLength}
            onSelect={(event) => {
              caret.current = event.currentTarget.selectionStart;
            }}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input.TextArea
            {...control}
            status={status}
            value={value}
            maxLength={maxLength}
            autoSize={{ minRows: 2, maxRows: 12 }}
            onSelect={(event) => {
              caret.current = event.currentTarget.selectionStart;
            }}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
