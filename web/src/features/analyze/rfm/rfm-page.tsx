/** 价值分层: customers by how recently, how often and for how much they bought, and how they moved between the tiers. */
import { EditOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshRfm } from '@/api/generated/sdk.gen';
import type { ModelOut } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Note } from '@/components/marks/note';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { BehindDrawer } from './behind-drawer';
import { MovesCard } from './moves-card';
import { type Days, purposesQuery, resultQuery, rfmModelsQuery, type TierFigure } from './queries';
import styles from './rfm.module.css';
import { RfmDrawer } from './rfm-drawer';
import { TiersTable } from './tiers-table';

export interface RfmSearch {
  model?: string;
  drawer?: 'new' | 'edit';
}

function Facts({ model }: { model: ModelOut }) {
  const { t } = useTranslation('rfm');
  const format = useFormat();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const purpose = purposes.find((one) => one.key === model.purpose);
  const { within_days: days } = model.definition as { within_days: number };
  return (
    <p className={`k-caption ${styles.facts}`}>
      <span>{model.used_for}</span>
      <span>{t('lastDays', { days })}</span>
      {purpose && <span>{t('forPurpose', { purpose: inLanguage(purpose.name, format.language) })}</span>}
      {model.computed_at && <span>{t('computedAt', { time: format.dateTime(model.computed_at) })}</span>}
    </p>
  );
}

function Shown({ model }: { model: ModelOut }) {
  const { t } = useTranslation('rfm');
  const [figure, setFigure] = useState<TierFigure>();
  const [days, setDays] = useState<Days>({});
  const result = useQuery({
    ...resultQuery(model.key, model.computed_at),
    enabled: model.computed_at !== null,
  });
  return (
    <>
      <Facts model={model} />
      {!model.is_active && <Note tone="warning">{t('isOff')}</Note>}
      {model.is_waiting && (
        <Note tone="primary">{t(model.computed_at ? 'waitingAnew' : 'waitingFirst')}</Note>
      )}
      {model.computed_at && (
        <>
          <Card title={t('tiersTitle')} isPadded={false}>
            <QueryView query={result}>
              {({ tiers }) => <TiersTable tiers={tiers} onOpen={(tier) => setFigure({ tier })} />}
            </QueryView>
          </Card>
          <MovesCard model={model} days={days} onDays={setDays} onOpen={setFigure} />
        </>
      )}
      {figure && (
        <BehindDrawer model={model} figure={figure} days={days} onClose={() => setFigure(undefined)} />
      )}
    </>
  );
}

function useAnew() {
  const { t } = useTranslation('rfm');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (key: string) => (await refreshRfm({ path: { key }, throwOnError: true })).data,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: rfmModelsQuery.queryKey });
      notify.done(t('queued'));
    },
  });
}

export function RfmPage() {
  const { t } = useTranslation('rfm');
  const { language } = useFormat();
  const navigate = useNavigate();
  const { model: asked, drawer } = useSearch({ from: '/frame/analyze/value' });
  const canManage = useCan()('trait.manage');
  const query = useQuery(rfmModelsQuery);
  const anew = useAnew();
  const show = (search: RfmSearch) => void navigate({ to: '/analyze/value', search });
  const models = query.data ?? [];
  const model = models.find((one) => one.key === asked) ?? models[0];
  const add = (
    <Button
      type={model ? 'default' : 'primary'}
      icon={<PlusOutlined />}
      onClick={() => show({ ...(asked ? { model: asked } : {}), drawer: 'new' })}
    >
      {t('new')}
    </Button>
  );
  const actions = (
    <>
      {models.length > 1 && model && (
        <Select
          aria-label={t('model')}
          style={{ width: 220 }}
          value={model.key}
          options={models.map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
          onChange={(key) => show({ model: key })}
        />
      )}
      {canManage && model && (
        <>
          <Button
            icon={<ReloadOutlined />}
            loading={anew.isPending}
            disabled={!model.is_active || model.is_waiting}
            onClick={() => anew.mutate(model.key)}
          >
            {t('anew')}
          </Button>
          <Button icon={<EditOutlined />} onClick={() => show({ model: model.key, drawer: 'edit' })}>
            {t('edit')}
          </Button>
        </>
      )}
      {canManage && add}
    </>
  );
  const title = model ? t('titleOf', { name: inLanguage(model.name, language) }) : t('title');
  return (
    <Page>
      <PageHeader frame="bar" title={title} subtitle={t('subtitle')} actions={actions} />
      <PageBody>
        <QueryView query={query}>
          {() =>
            model ? (
              <Shown key={model.key} model={model} />
            ) : (
              <EmptyState
                isPage
                title={t('emptyTitle')}
                text={t(canManage ? 'emptyText' : 'emptyReader')}
                action={canManage && add}
              />
            )
          }
        </QueryView>
      </PageBody>
      {canManage && drawer && (drawer === 'new' || model) && (
        <RfmDrawer
          key={drawer === 'edit' ? model?.key : 'new'}
          modelKey={drawer === 'edit' ? model?.key : undefined}
          onDone={(key) => show(key ? { model: key } : {})}
        />
      )}
    </Page>
  );
}
