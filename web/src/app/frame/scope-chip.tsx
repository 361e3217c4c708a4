/** The visible scope, on every page, because counts differ from person to person. A click explains it. */
import { EyeOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/session/me';
import styles from './frame.module.css';
import { useOpenPages } from './use-navigation';

export function ScopeChip() {
  const { t } = useTranslation(['frame', 'common']);
  const { scope, roles, unit } = useMe();
  const explainer = useOpenPages().find((page) => page.key === 'access');
  const label = t('scope.chip', { scope: scope.label });
  const story = (
    <div style={{ width: 288 }} role="dialog" aria-label={t('scope.title')}>
      <b>{t('scope.title')}</b>
      <div className="k-caption">{t('scope.text')}</div>
      <dl className={styles.scopeText}>
        <dt>{t('scope.range')}</dt>
        <dd>{scope.label}</dd>
        <dt>{t('scope.role')}</dt>
        <dd>{roles.map((role) => role.label).join(t('common:listComma'))}</dd>
        <dt>{t('scope.unit')}</dt>
        <dd>{unit.name}</dd>
      </dl>
      {explainer && (
        <div style={{ marginTop: 10 }}>
          <Link to={explainer.path}>{t('scope.explain')}</Link>
        </div>
      )}
    </div>
  );
  return (
    <Popover content={story} trigger="click" placement="bottomRight" arrow={false}>
      <button type="button" className={styles.scope} aria-label={label}>
        <EyeOutlined aria-hidden />
        <span className="k-ellipsis">{label}</span>
      </button>
    </Popover>
  );
}
