/** What the user sees of each field: clear, masked or not at all. */
import { useTranslation } from 'react-i18next';
import type { FieldRule } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { useLabel } from '../labels';
import { rules } from '../roles/rule-words';
import styles from '../settings.module.css';

export function FieldRules({ name, rules: given }: { name: string; rules: readonly FieldRule[] }) {
  const { t } = useTranslation(['settings', 'common']);
  const label = useLabel();
  const groups = rules
    .map((rule) => ({ rule, fields: given.filter((field) => field.rule === rule) }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <Card title={t('access.fields', { name })}>
      <dl className={styles.facts}>
        {groups.map(({ rule, fields }) => (
          <div key={rule} className={styles.factRow}>
            <dt>
              {t(`roles.rule.${rule}`)} <span className="k-caption">{fields.length}</span>
            </dt>
            <dd>{fields.map((field) => label(field.label)).join(t('common:listComma'))}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
