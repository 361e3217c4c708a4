/** 匹配规则: how far each kind of identifier is trusted, and which values identify nobody. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { NoPermissionState } from '@/components/states/no-permission-state';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { BlockDrawer } from './block-drawer';
import { BlockedCard } from './blocked-card';
import { KindDrawer } from './kind-drawer';
import { KindsCard } from './kinds-card';
import styles from './matching.module.css';
import { kindsQuery } from './queries';

function Rules() {
  const { t } = useTranslation('resolve');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/resolve/matching' });
  const canManage = useCan()('match.manage');
  const kind = useQuery(kindsQuery).data?.find(({ key }) => key === search.kind);
  const show = (next: { drawer?: 'new'; kind?: string }) =>
    void navigate({ to: '/resolve/matching', search: next });
  const add = () => show({ drawer: 'new' });
  useShortcut({
    keys: 'n',
    group: 'page',
    label: t('matching.blocked.add'),
    isActive: canManage,
    onPress: add,
  });
  return (
    <Page>
      <PageHeader frame="bar" title={t('matching.title')} subtitle={t('matching.subtitle')} />
      <PageBody>
        <div className={styles.columns}>
          <KindsCard canManage={canManage} onOpen={({ key }) => show({ kind: key })} />
          {canManage ? (
            <BlockedCard onAdd={add} />
          ) : (
            <Card title={t('matching.blocked.title')}>
              <p className="k-small k-label">{t('matching.blocked.none')}</p>
            </Card>
          )}
        </div>
      </PageBody>
      {canManage && search.drawer === 'new' && <BlockDrawer onClose={() => show({})} />}
      {canManage && kind && <KindDrawer key={kind.key} kind={kind} onClose={() => show({})} />}
    </Page>
  );
}

export function MatchingPage() {
  const can = useCan();
  return can('match.manage', 'review.decide') ? <Rules /> : <NoPermissionState />;
}
