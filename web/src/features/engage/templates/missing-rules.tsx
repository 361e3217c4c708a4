/** What happens where a customer has no value, for each variable that the message names. */
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MissingRule, VariableOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './templates.module.css';

interface MissingRulesProps {
  /** As the server would apply them now. */
  rules: Readonly<Record<string, MissingRule>>;
  variables: readonly VariableOut[];
  onChange: (name: string, rule: MissingRule) => void;
}

const policies = ['default', 'skip', 'blank'] as const;

export function MissingRules({ rules, variables, onChange }: MissingRulesProps) {
  const { t } = useTranslation('templates');
  const { language } = useFormat();
  const names = Object.keys(rules);
  if (names.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{t('missing.title')}</h2>
      <ul className={styles.rules}>
        {names.map((name) => {
          const rule = rules[name] ?? { policy: 'skip' as const };
          const found = variables.find((one) => one.name === name);
          const label = found ? inLanguage(found.label, language) : name;
          return (
            <li key={name} className={styles.rule}>
              <span className="k-ellipsis">{label}</span>
              <Select
                aria-label={t('missing.of', { label })}
                value={rule.policy}
                options={policies.map((value) => ({ value, label: t(`missing.${value}`) }))}
                onChange={(policy) => onChange(name, { ...rule, policy })}
              />
              {rule.policy === 'default' && (
                <Input
                  aria-label={t('missing.textOf', { label })}
                  placeholder={t('missing.text')}
                  value={rule.text ?? ''}
                  maxLength={200}
                  onChange={(event) => onChange(name, { ...rule, text: event.target.value })}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
