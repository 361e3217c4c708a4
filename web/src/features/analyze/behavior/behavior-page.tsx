/** 行为分析: how far customers come on a way, and whether they come back; for a purpose that is named. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, PageHeader } from '@/components/layout/page';
import { PurposeSelect } from '../segments/purpose-select';
import type { BehaviorSearch, Json } from './draft';
import { FunnelView } from './funnel-view';

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
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={t('title')}
        subtitle={t('subtitle')}
        actions={<PurposeSelect value={search.purpose} onChange={(purpose) => go({ purpose })} />}
      />
      <FunnelView purpose={search.purpose} value={search.funnel} onChange={onFunnel} />
    </Page>
  );
}
