/** The first steps of an installation that knows nobody yet: those that this reader can take, in their order. */
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { useCan } from '@/lib/session/me';
import type { Permission } from '@/lib/session/permissions';
import styles from './today.module.css';

const steps: readonly {
  key: 'units' | 'users' | 'sources' | 'imports' | 'purposes' | 'segments';
  to: string;
  permission: Permission;
}[] = [
  { key: 'units', to: '/settings/units', permission: 'unit.manage' },
  { key: 'users', to: '/settings/users', permission: 'user.manage' },
  { key: 'purposes', to: '/govern/purposes', permission: 'purpose.manage' },
  { key: 'sources', to: '/collect/sources?drawer=new', permission: 'source.manage' },
  { key: 'imports', to: '/collect/imports/new', permission: 'import.run' },
  { key: 'segments', to: '/analyze/segments', permission: 'segment.manage' },
];

export function StepsCard() {
  const { t } = useTranslation('today');
  const router = useRouter();
  const can = useCan();
  const own = steps.filter((step) => can(step.permission));
  return (
    <Card title={t('steps.title')} isPadded={false}>
      <p className={styles.calm}>{own.length > 0 ? t('steps.text') : t('steps.wait')}</p>
      {own.length > 0 && (
        <ol className={styles.rows}>
          {own.map((step, at) => (
            <li key={step.key} className={styles.first}>
              <span className={styles.tile}>{at + 1}</span>
              <span className="k-grow">
                <b>{t(`steps.${step.key}.title`)}</b>
                <span className={styles.about}>{t(`steps.${step.key}.text`)}</span>
              </span>
              <Button
                type={at === 0 ? 'primary' : 'default'}
                className={styles.go}
                onClick={() => router.history.push(step.to)}
              >
                {t(`steps.${step.key}.go`)}
              </Button>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
