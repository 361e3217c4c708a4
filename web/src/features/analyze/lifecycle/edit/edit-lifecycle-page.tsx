/** A lifecycle is written: what it is for at the left with its stages, and the stage that is open at the right. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLifecycle, createLifecycle } from '@/api/generated/sdk.gen';
import type { ModelDetails, ModelOut, VocabularyOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { fieldErrors } from '@/components/form/field';
import { FootBar, Page, PageHeader } from '@/components/layout/page';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useSettled } from '@/lib/use-settled';
import { bookOf } from '../../segments/draft';
import { PurposeSelect } from '../../segments/purpose-select';
import { vocabularyQuery } from '../../segments/queries';
import styles from '../lifecycle.module.css';
import { lifecycleQuery, lifecyclesQuery, previewQuery } from '../queries';
import {
  emptyLifecycle,
  firstMissing,
  fromModel,
  type LifecycleDraft,
  type StageDraft,
  toLifecycle,
} from './draft';
import { StageForm } from './stage-form';
import { StageList } from './stage-list';
import { Terms } from './terms';

function useSave(known: ModelDetails | undefined, onDone: (key: string) => void) {
  const { t } = useTranslation('lifecycle');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (body: {
      draft: LifecycleDraft;
      definition: Record<string, unknown>;
    }): Promise<ModelOut> => {
      const { draft, definition } = body;
      const name = { zh: draft.zh.trim(), en: draft.en.trim() || draft.zh.trim() };
      const words = { name, used_for: draft.usedFor.trim(), purpose: draft.purpose ?? '' };
      if (known) {
        const change = { path: { key: known.key }, body: { words, definition } };
        return (await changeLifecycle({ ...change, throwOnError: true })).data;
      }
      const made = { key: draft.key, ...words, definition };
      return (await createLifecycle({ body: made, throwOnError: true })).data;
    },
    onSuccess: async ({ key }) => {
      await client.invalidateQueries({ queryKey: lifecyclesQuery.queryKey });
      notify.done(t('saved'));
      onDone(key);
    },
  });
}

/** What is still missing before it can be saved, in words. */
function useMissing(draft: LifecycleDraft, missing: ReturnType<typeof firstMissing>): string | undefined {
  const { t } = useTranslation('lifecycle');
  if (typeof missing === 'string') return t(`missing.${missing}`);
  if (missing) return t('missing.stage', { name: missing.zh || t('unnamed') });
  if (!draft.zh.trim()) return t('missing.name');
  if (!draft.usedFor.trim()) return t('missing.usedFor');
  return /^[a-z][a-z0-9_]{0,39}$/.test(draft.key) ? undefined : t('missing.key');
}

interface FormProps {
  vocabulary: VocabularyOut;
  known: ModelDetails | undefined;
}

function Form({ vocabulary, known }: FormProps) {
  const { t } = useTranslation(['lifecycle', 'common']);
  const { language } = useFormat();
  const navigate = useNavigate();
  const book = useMemo(() => bookOf(vocabulary), [vocabulary]);
  const [draft, setDraft] = useState(() => (known ? fromModel(known, book) : emptyLifecycle()));
  const [open, setOpen] = useState(draft.stages[0]?.id);
  const leave = (key?: string) =>
    void navigate({ to: '/analyze/lifecycle', search: key ? { model: key } : {} });
  const save = useSave(known, leave);
  const missing = firstMissing(draft, book);
  const definition = useMemo(() => toLifecycle(draft, book), [draft, book]);
  const asked = useSettled(missing ? undefined : definition);
  const preview = useQuery(previewQuery(draft.purpose, asked));
  const words = useMissing(draft, missing);
  const change = (part: Partial<LifecycleDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    save.reset();
  };
  const stage = draft.stages.find((one) => one.id === open) ?? draft.stages[0];
  const put = (part: Partial<StageDraft>) =>
    change({ stages: draft.stages.map((one) => (one.id === stage?.id ? { ...one, ...part } : one)) });
  useBreadcrumb([{ label: known ? inLanguage(known.name, language) : t('new') }]);
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={known ? t('edit') : t('new')}
        subtitle={t('editSubtitle')}
        actions={<PurposeSelect value={draft.purpose} onChange={(purpose) => change({ purpose })} />}
      />
      <div className={styles.desk}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <div className={styles.side} tabIndex={0}>
          <Terms
            value={draft}
            vocabulary={vocabulary}
            isKnown={known !== undefined}
            errors={fieldErrors(save.error, t('invalid'))}
            onStart={(stages, since) => {
              change({ stages, since });
              setOpen(stages[0]?.id);
            }}
            book={book}
            onChange={change}
          />
          <p className="k-caption">{t('orderText')}</p>
          <StageList
            stages={draft.stages}
            open={stage?.id}
            found={missing ? undefined : preview.data?.stages}
            onOpen={setOpen}
            onChange={(stages) => change({ stages })}
          />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the same */}
        <div className={styles.main} tabIndex={0}>
          {stage && <StageForm vocabulary={vocabulary} book={book} value={stage} onChange={put} />}
          <ProblemNote problem={save.error ?? (missing ? null : preview.error)} />
        </div>
      </div>
      <FootBar hint={words ?? t(known ? 'savedNext' : 'savedThen')}>
        <Button onClick={() => leave(known?.key)}>{t('common:cancel')}</Button>
        <Button
          type="primary"
          disabled={words !== undefined}
          loading={save.isPending}
          onClick={() => save.mutate({ draft, definition })}
        >
          {t('save')}
        </Button>
      </FootBar>
    </Page>
  );
}

function Known({ vocabulary, modelKey }: { vocabulary: VocabularyOut; modelKey: string }) {
  const query = useQuery(lifecycleQuery(modelKey));
  return <QueryView query={query}>{(known) => <Form vocabulary={vocabulary} known={known} />}</QueryView>;
}

export function EditLifecyclePage() {
  const { model } = useSearch({ from: '/frame/analyze/lifecycle/edit' });
  const query = useQuery(vocabularyQuery);
  return (
    <QueryView query={query}>
      {(vocabulary) =>
        model ? (
          <Known vocabulary={vocabulary} modelKey={model} />
        ) : (
          <Form vocabulary={vocabulary} known={undefined} />
        )
      }
    </QueryView>
  );
}
