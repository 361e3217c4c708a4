/** 生命周期: where customers stand in the stages of life, how they move, and how long they stay. */
import { EditOutlined, PlusOutlined, ReloadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshLifecycle } from '@/api/generated/sdk.gen';
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
import { purposesQuery } from '../segments/queries';
import { BehindDrawer } from './behind-drawer';
import { MovesCard, TimesCard, TrendCard } from './cards';
import styles from './lifecycle.module.css';
import { type Days, lifecyclesQuery, type StageFigure, stagesQuery } from './queries';
import { StagesFlow } from './stages-flow';

export interface LifecycleSearch {
  model?: string;
}

function Facts({ model }: { model: ModelOut }) {
  const { t } = useTranslation('lifecycle');
  const format = useFormat();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const purpose = purposes.find((one) => one.key === model.purpose);
  return (
    <p className={`k-caption ${styles.facts}`}>
      <span>{model.used_for}</span>
      {purpose && <span>{t('forPurpose', { purpose: inLanguage(purpose.name, format.language) })}</span>}
      {model.computed_at && <span>{t('computedAt', { time: format.dateTime(model.computed_at) })}</span>}
    </p>
  );
}

function Shown({ model }: { model: ModelOut }) {
  const { t } = useTranslation('lifecycle');
  const [figure, setFigure] = useState<StageFigure>();
  const [days, setDays] = useState<Days>({});
  const query = useQuery({
    ...stagesQuery(model.key, model.computed_at),
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
          <Card title={t('stagesTitle')}>
            <QueryView query={query}>
              {({ stages }) => <StagesFlow stages={stages} onOpen={(stage) => setFigure({ stage })} />}
            </QueryView>
          </Card>
          <MovesCard model={model} days={days} onDays={setDays} onOpen={setFigure} />
          <TrendCard model={model} />
          <TimesCard model={model} />
        </>
      )}
      {figure && (
        <BehindDrawer model={model} figure={figure} days={days} onClose={() => setFigure(undefined)} />
      )}
    </>
  );
}

function useAnew() {
  const { t } = useTranslation('lifecycle');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (key: string) => (await refreshLifecycle({ path: { key }, throwOnError: true })).data,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: lifecyclesQuery.queryKey });
      notify.done(t('queued'));
    },
  });
}

export function LifecyclePage() {
  const { t } = useTranslation('lifecycle');
  const { language } = useFormat();
  const navigate = useNavigate();
  const { model: asked } = useSearch({ from: '/frame/analyze/lifecycle' });
  const canManage = useCan()('trait.manage');
  const query = useQuery(lifecyclesQuery);
  const anew = useAnew();
  const models = query.data ?? [];
  const model = models.find((one) => one.key === asked) ?? models[0];
  const edit = (search: LifecycleSearch) => void navigate({ to: '/analyze/lifecycle/edit', search });
  const add = (
    <Button type={model ? 'default' : 'primary'} icon={<PlusOutlined />} onClick={() => edit({})}>
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
          onChange={(key) => void navigate({ to: '/analyze/lifecycle', search: { model: key } })}
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
          <Button icon={<EditOutlined />} onClick={() => edit({ model: model.key })}>
            {t('edit')}
          </Button>
        </>
      )}
      {canManage && add}
    </>
  );
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={model ? t('titleOf', { name: inLanguage(model.name, language) }) : t('title')}
        subtitle={t('subtitle')}
        actions={actions}
      />
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
    </Page>
  );
}
