/** Every right that there is, each with the scope in which it is given, or not at all. */
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RightKind } from '@/api/generated/types.gen';
import { useLabel } from '../labels';
import styles from '../settings.module.css';

export const scopes = ['own', 'team', 'below', 'all'] as const;
export type Scope = (typeof scopes)[number];

interface RightsEditorProps {
  kinds: readonly RightKind[];
  value: Readonly<Record<string, Scope>>;
  onChange: (permissions: Record<string, Scope>) => void;
}

export function RightsEditor({ kinds, value, onChange }: RightsEditorProps) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const give = (permission: string, scope: Scope | 'none') => {
    const { [permission]: _old, ...rest } = value;
    onChange(scope === 'none' ? rest : { ...rest, [permission]: scope });
  };
  const options = [
    { value: 'none' as const, label: t('roles.scope.none') },
    ...scopes.map((scope) => ({ value: scope, label: t(`roles.scope.${scope}`) })),
  ];
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{t('roles.rights')}</h2>
      <ul className={styles.lines}>
        {kinds.map(({ permission, label: words }) => (
          <li key={permission}>
            <span className="k-grow">
              {value[permission] ? <b>{label(words)}</b> : label(words)}
              <span className="k-caption k-mono"> {permission}</span>
            </span>
            <Select<Scope | 'none'>
              size="small"
              aria-label={label(words)}
              style={{ width: 152 }}
              value={value[permission] ?? 'none'}
              options={options}
              onChange={(scope) => give(permission, scope)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
