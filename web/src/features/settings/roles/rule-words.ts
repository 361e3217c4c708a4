/** What a role sees of fields, in words: 个人信息 遮盖. The key of a rule is a field or a data class. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../labels';
import { fieldsQuery } from '../queries';

export const rules = ['hidden', 'masked', 'clear'] as const;
export type Rule = (typeof rules)[number];
export const classes = ['C1', 'C2'] as const;

const isRule = (text: string): text is Rule => (rules as readonly string[]).includes(text);

/** Where nothing is said: C1 clear, C2 masked. */
export const DEFAULT_RULES: Record<(typeof classes)[number], Rule> = { C1: 'clear', C2: 'masked' };

/** A field, or a class, by its name. */
export function useRuleTarget(): (key: string) => string {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const { data } = useQuery(fieldsQuery);
  return (key) => {
    if (key === 'C1' || key === 'C2') return t(`classes.${key}`);
    const field = data?.find((known) => known.key === key);
    return field ? label(field.label) : key;
  };
}

export function useRuleWords(): (given: Readonly<Record<string, string>>) => string {
  const { t } = useTranslation(['settings', 'common']);
  const nameOf = useRuleTarget();
  return (given) => {
    const told = Object.entries({ ...DEFAULT_RULES, ...given });
    const words = new Set(told.map(([, rule]) => rule));
    const [only] = words;
    if (words.size === 1 && only !== undefined && isRule(only)) return t(`roles.allFields.${only}`);
    return told
      .map(([key, rule]) =>
        t('roles.ruleOf', { target: nameOf(key), rule: isRule(rule) ? t(`roles.rule.${rule}`) : rule }),
      )
      .join(t('common:comma'));
  };
}
