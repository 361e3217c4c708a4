/** A new trait, or one that is known: named, made of events, tried at once on the customers of a purpose. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeTrait, createTrait } from '@/api/generated/sdk.gen';
import type { TraitDetails } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { EMPTY, fromTrait, isNamed, type TraitDraft, toDefinition } from './draft';
import { PreviewCard } from './preview-card';
import { aggregatesQuery, traitQuery, traitsQuery } from './queries';
import { How, Names } from './trait-form';
import styles from './traits.module.css';

function useSave(known: TraitDetails | undefined, onDone: () => void) {
  const { t } = useTranslation('traits');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async ({ draft, definition }: { draft: TraitDraft; definition: Record<string, unknown> }) => {
      const name = { zh: draft.zh.trim(), en: draft.en.trim() };
      const words = { name, unit: draft.unit.trim(), used_for: draft.usedFor.trim() };
      if (known) {
        const body = { words, definition };
        return (await changeTrait({ path: { key: known.key }, body, throwOnError: true })).data;
      }
      return (await createTrait({ body: { key: draft.key, ...words, definition }, throwOnError: true })).data;
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: traitsQuery.queryKey });
      notify.done(t('saved'));
      onDone();
    },
  });
}

function useSwitch(onDone: () => void) {
  const { t } = useTranslation('traits');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async ({ key, is_active: isActive }: TraitDetails) =>
      (await changeTrait({ path: { key }, body: { is_active: !isActive }, throwOnError: true })).data,
    onSuccess: ({ is_active: isActive }) => {
      void client.invalidateQueries({ queryKey: traitsQuery.queryKey });
      notify.done(t(isActive ? 'resumed' : 'stopped'));
      onDone();
    },
  });
}

function Versions({ known }: { known: TraitDetails }) {
  const { t } = useTranslation('traits');
  const format = useFormat();
  if (known.versions.length < 2) return null;
  return (
    <section className="k-stack">
      <h3 className={styles.title}>{t('versions')}</h3>
      <ul className={styles.versions}>
        {known.versions.map((one) => (
          <li key={one.number}>
            <span>{t('version', { version: one.number })}</span>
            <span className="k-caption k-mono k-grow">{JSON.stringify(one.definition)}</span>
            <span className="k-caption k-nowrap">{format.date(one.published_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EditorProps {
  known: TraitDetails | undefined;
  onClose: () => void;
}

function Editor({ known, onClose }: EditorProps) {
  const { t } = useTranslation(['traits', 'common']);
  const { language } = useFormat();
  const [value, setValue] = useState<TraitDraft>(() => (known ? fromTrait(known) : EMPTY));
  const { data: aggregates = [] } = useQuery(aggregatesQuery);
  const save = useSave(known, onClose);
  const toggle = useSwitch(onClose);
  const definition = useMemo(
    () =>
      toDefinition(
        value,
        aggregates.find(({ key }) => key === value.aggregate),
      ),
    [value, aggregates],
  );
  const asked = useDeferredValue(definition);
  const change = (part: Partial<TraitDraft>) => {
    setValue((before) => ({ ...before, ...part }));
    save.reset();
  };
  const isOther =
    known &&
    JSON.stringify(definition) !==
      JSON.stringify(
        toDefinition(
          fromTrait(known),
          aggregates.find(({ key }) => key === fromTrait(known).aggregate),
        ),
      );
  return (
    <SideDrawer
      isOpen
      size="wide"
      onClose={onClose}
      title={known ? t('editTitle', { name: inLanguage(known.name, language) }) : t('new')}
      foot={
        <>
          {known && (
            <Button danger={known.is_active} loading={toggle.isPending} onClick={() => toggle.mutate(known)}>
              {t(known.is_active ? 'stop' : 'resume')}
            </Button>
          )}
          <span className="k-grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isNamed(value) || definition === undefined}
            loading={save.isPending}
            onClick={() => definition && save.mutate({ draft: value, definition })}
          >
            {isOther ? t('publish', { version: known.version + 1 }) : t('save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <How value={value} change={change} />
        <PreviewCard definition={asked} />
        <Names
          value={value}
          change={change}
          isKnown={known !== undefined}
          errors={fieldErrors(save.error, t('invalid'))}
        />
        <ProblemNote problem={save.error ?? toggle.error} />
        {known && <Versions known={known} />}
      </div>
    </SideDrawer>
  );
}

/** A trait by its key; none makes a new one. */
export function TraitDrawer({ traitKey, onClose }: { traitKey: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('traits');
  const query = useQuery({ ...traitQuery(traitKey ?? ''), enabled: traitKey !== undefined, gcTime: 0 });
  if (traitKey === undefined) return <Editor known={undefined} onClose={onClose} />;
  if (query.data) return <Editor known={query.data} onClose={onClose} />;
  return (
    <SideDrawer isOpen size="wide" onClose={onClose} title={t('title')}>
      <QueryView query={query}>{() => null}</QueryView>
    </SideDrawer>
  );
}
