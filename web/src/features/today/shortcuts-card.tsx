/** The further pages that exist and that the reader may open: for whoever sees no customers, the way on. */
import { RightOutlined } from '@ant-design/icons';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { useCan } from '@/lib/session/me';
import type { Permission } from '@/lib/session/permissions';
import type { Resources } from '@/locales/zh-cn';
import styles from './today.module.css';

interface Place {
  key: keyof Resources['frame']['pages'];
  path: string;
  permissions: readonly Permission[];
}

const places: readonly Place[] = [
  { key: 'review', path: '/resolve/review', permissions: ['review.decide'] },
  { key: 'matching', path: '/resolve/matching', permissions: ['match.manage'] },
  { key: 'quarantine', path: '/collect/quarantine', permissions: ['import.run'] },
  { key: 'requests', path: '/govern/requests', permissions: ['customer.erase', 'customer.export'] },
  { key: 'audit', path: '/govern/audit', permissions: ['audit.read'] },
  { key: 'users', path: '/settings/users', permissions: ['user.manage', 'role.manage'] },
  { key: 'fields', path: '/settings/fields', permissions: ['field.manage'] },
  { key: 'units', path: '/settings/units', permissions: ['unit.manage'] },
  { key: 'access', path: '/settings/access', permissions: ['access.explain'] },
  { key: 'account', path: '/settings/account', permissions: [] },
];

export function ShortcutsCard() {
  const { t } = useTranslation(['today', 'frame']);
  const known: Record<string, unknown> = useRouter().routesByPath;
  const can = useCan();
  const open = places.filter((place) => place.path in known && can(...place.permissions));
  return (
    <Card title={t('shortcuts.title')} isPadded={false}>
      <ul className={styles.rows}>
        {open.map((place) => (
          <li key={place.key}>
            <Link to={place.path} className="k-grow k-small">
              {t(`frame:pages.${place.key}`)}
            </Link>
            <RightOutlined aria-hidden className="k-caption" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
