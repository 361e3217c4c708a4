/** 行为分析: how far customers come on a way, and whether they come back; for a purpose that is named. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { PurposeSelect } from '../segments/purpose-select';
import styles from './behavior.module.css';
import { type BehaviorSearch, type Json, TABS } from './draft';
import { FunnelView } from './funnel-view';
import { RetentionView } from './retention-view';

export function BehaviorPage() {
  const { t } = useTranslation('behavior');
  const search = useSearch({ strict: false }) as BehaviorSearch;
  const navigate = useNavigate();
  const go = useCallback(
    (change: BehaviorSearch) =>
      void navigate({
        to: '/analyze/behavior',
        search: (before) => ({ ...(before as BehaviorSearch), ...change }),
        replace: true,
      }),
    [navigate],
  );
  const onFunnel = useCallback((funnel: Json) => go({ funnel }), [go]);
  const onRetention = useCallback((retention: Json) => go({ retention }), [go]);
  const tab = search.tab ?? 'funnel';
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('title')}
        subtitle={t('subtitle')}
        actions={<PurposeSelect value={search.purpose} onChange={(purpose) => go({ purpose })} />}
      />
      <div className={styles.tabs}>
        <PageTabs
          label={t('title')}
          tabs={TABS.map((key) => ({ key, label: t(`tabs.${key}`) }))}
          active={tab}
          onChange={(next) => go({ tab: next })}
        />
      </div>
      {tab === 'funnel' && <FunnelView purpose={search.purpose} value={search.funnel} onChange={onFunnel} />}
      {tab === 'retention' && (
        <RetentionView purpose={search.purpose} value={search.retention} onChange={onRetention} />
      )}
    </Page>
  );
}
