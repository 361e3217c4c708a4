/** A new model of value, or one that is known: its form, tried at once on the customers whom the purpose may take. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRfm, createRfm } from '@/api/generated/sdk.gen';
import type { ModelDetails, ModelOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { emptyDraft, fromModel, isNamed, type RfmDraft, toDefinition } from './draft';
import { previewQuery, rfmModelQuery, rfmModelsQuery, tiersQuery } from './queries';
import styles from './rfm.module.css';
import { Names, Purchases, Purpose, Scoring } from './rfm-form';
import { Tiers } from './tiers-fields';
import { TiersTable } from './tiers-table';

interface EditorProps {
  known: ModelDetails | undefined;
  onDone: (key?: string) => void;
}

function useSave(known: ModelDetails | undefined, onDone: (key?: string) => void) {
  const { t } = useTranslation('rfm');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (body: { draft: RfmDraft; definition: Record<string, unknown> }): Promise<ModelOut> => {
      const { draft, definition } = body;
      const name = { zh: draft.zh.trim(), en: draft.en.trim() };
      const words = { name, used_for: draft.usedFor.trim(), purpose: draft.purpose ?? '' };
      if (known) {
        return (
          await changeRfm({ path: { key: known.key }, body: { words, definition }, throwOnError: true })
        ).data;
      }
      return (await createRfm({ body: { key: draft.key, ...words, definition }, throwOnError: true })).data;
    },
    onSuccess: ({ key }) => {
      void client.invalidateQueries({ queryKey: rfmModelsQuery.queryKey });
      notify.done(t('saved'));
      onDone(key);
    },
  });
}

function useSwitch(onDone: (key?: string) => void) {
  const { t } = useTranslation('rfm');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async ({ key, is_active: isActive }: ModelDetails) =>
      (await changeRfm({ path: { key }, body: { is_active: !isActive }, throwOnError: true })).data,
    onSuccess: ({ key, is_active: isActive }) => {
      void client.invalidateQueries({ queryKey: rfmModelsQuery.queryKey });
      notify.done(t(isActive ? 'resumed' : 'stopped'));
      onDone(key);
    },
  });
}

interface PreviewProps {
  purpose: string | undefined;
  definition: Record<string, unknown> | undefined;
}

function Preview({ purpose, definition }: PreviewProps) {
  const { t } = useTranslation('rfm');
  const query = useQuery(previewQuery(purpose, definition));
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      <h2>{t('preview')}</h2>
      {purpose === undefined || definition === undefined ? (
        <Note tone="primary">{t('previewNeeds')}</Note>
      ) : query.error ? (
        <ProblemNote problem={query.error} />
      ) : (
        query.data && <TiersTable tiers={query.data.tiers} />
      )}
    </section>
  );
}

function Editor({ known, onDone }: EditorProps) {
  const { t } = useTranslation(['rfm', 'common']);
  const { language } = useFormat();
  const [value, setValue] = useState<RfmDraft>(() => (known ? fromModel(known) : emptyDraft()));
  const save = useSave(known, onDone);
  const toggle = useSwitch(onDone);
  const { data: standard = [] } = useQuery(tiersQuery(value.scores));
  const definition = useMemo(() => toDefinition(value), [value]);
  const asked = useDeferredValue(definition);
  const change = (part: Partial<RfmDraft>) => {
    setValue((before) => ({ ...before, ...part }));
    save.reset();
  };
  const parts = { value, change };
  return (
    <SideDrawer
      isOpen
      size="wide"
      onClose={() => onDone(known?.key)}
      title={known ? t('editTitle', { name: inLanguage(known.name, language) }) : t('new')}
      foot={
        <>
          {known && (
            <Button danger={known.is_active} loading={toggle.isPending} onClick={() => toggle.mutate(known)}>
              {t(known.is_active ? 'stop' : 'resume')}
            </Button>
          )}
          <span className="k-grow" />
          <Button onClick={() => onDone(known?.key)}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isNamed(value) || definition === undefined}
            loading={save.isPending}
            onClick={() => definition && save.mutate({ draft: value, definition })}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <Purpose {...parts} />
        <Purchases {...parts} />
        <Scoring {...parts} />
        <Preview purpose={value.purpose} definition={asked} />
        <Tiers {...parts} tiers={value.tiers ?? standard} />
        <Names {...parts} isKnown={known !== undefined} errors={fieldErrors(save.error, t('invalid'))} />
        <ProblemNote problem={save.error ?? toggle.error} />
      </div>
    </SideDrawer>
  );
}

/** A model by its key; none makes a new one. */
export function RfmDrawer({
  modelKey,
  onDone,
}: {
  modelKey: string | undefined;
  onDone: EditorProps['onDone'];
}) {
  const { t } = useTranslation('rfm');
  const query = useQuery({ ...rfmModelQuery(modelKey ?? ''), enabled: modelKey !== undefined, gcTime: 0 });
  if (modelKey === undefined) return <Editor known={undefined} onDone={onDone} />;
  if (query.data) return <Editor known={query.data} onDone={onDone} />;
  return (
    <SideDrawer isOpen size="wide" onClose={() => onDone(modelKey)} title={t('title')}>
      <QueryView query={query}>{() => null}</QueryView>
    </SideDrawer>
  );
}
