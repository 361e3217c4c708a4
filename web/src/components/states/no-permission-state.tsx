/** Outside of what the reader may see. Does not tell whether the thing exists; says the rule and where to turn. */
import { LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/session/me';
import styles from './states.module.css';

interface NoPermissionStateProps {
  /** Instead of the button that goes back. */
  actions?: ReactNode;
}

export function NoPermissionState({ actions }: NoPermissionStateProps) {
  const { t } = useTranslation();
  const me = useMe();
  const role = me.roles.map((r) => r.label).join(t('listComma'));
  return (
    <div className={styles.center}>
      <span className={styles.disc}>
        <LockOutlined aria-hidden />
      </span>
      <h1 className={styles.title}>{t('noPermission.title')}</h1>
      <div className={styles.text}>{t('noPermission.text', { role, scope: me.scope.label })}</div>
      <div className={styles.actions}>
        {actions ?? <Button onClick={() => history.back()}>{t('goBack')}</Button>}
      </div>
      <div className="k-caption" style={{ marginTop: 14 }}>
        {t('noPermission.recorded')}
      </div>
    </div>
  );
}
