/** What the role sees of fields: one rule for each data class, and exceptions for single fields. */
import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../labels';
import { fieldsQuery } from '../queries';
import styles from '../settings.module.css';
import { classes, DEFAULT_RULES, type Rule, rules, useRuleTarget } from './rule-words';

interface RulesEditorProps {
  value: Readonly<Record<string, Rule>>;
  onChange: (rules: Record<string, Rule>) => void;
}

export function RulesEditor({ value, onChange }: RulesEditorProps) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const nameOf = useRuleTarget();
  const fields = useQuery(fieldsQuery).data ?? [];
  const options = rules.map((rule) => ({ value: rule, label: t(`roles.rule.${rule}`) }));
  const exceptions = Object.keys(value).filter((key) => !(classes as readonly string[]).includes(key));
  const without = (key: string) => Object.fromEntries(Object.entries(value).filter(([own]) => own !== key));
  const row = (key: string, rule: Rule) => (
    <>
      <span className="k-grow">{nameOf(key)}</span>
      <Select<Rule>
        size="small"
        aria-label={nameOf(key)}
        style={{ width: 152 }}
        value={rule}
        options={options}
        onChange={(next) => onChange({ ...value, [key]: next })}
      />
    </>
  );
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{t('roles.rules')}</h2>
      <p className="k-caption">{t('roles.rulesHint')}</p>
      <ul className={styles.lines}>
        {classes.map((key) => (
          <li key={key}>{row(key, value[key] ?? DEFAULT_RULES[key])}</li>
        ))}
        {exceptions.map((key) => (
          <li key={key}>
            {row(key, value[key] ?? 'masked')}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('roles.removeRule', { name: nameOf(key) })}
              onClick={() => onChange(without(key))}
            />
          </li>
        ))}
      </ul>
      <Select<string>
        aria-label={t('roles.addRule')}
        placeholder={t('roles.addRule')}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 240 }}
        value={null}
        options={fields
          .filter((field) => field.is_active && value[field.key] === undefined)
          .map((field) => ({ value: field.key, label: label(field.label) }))}
        onChange={(key) => onChange({ ...value, [key]: 'hidden' })}
      />
    </section>
  );
}
