/** A segment is written: its name, what it is for and whom it describes, with the exact count at the right. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createSegment, updateSegment } from '@/api/generated/sdk.gen';
import type { Label, SegmentDetails, VocabularyOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { FootBar, Page, PageHeader } from '@/components/layout/page';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { Builder, bookOf, type Draft, emptyDraft } from '../builder/builder';
import { CountPanel } from '../count-panel';
import { incomplete, toDefinition } from '../draft';
import { PurposeSelect } from '../purpose-select';
import { vocabularyQuery } from '../queries';
import { SEGMENTS } from '../saved';
import styles from '../segments.module.css';

interface Written {
  name: string;
  purpose: string;
  definition: Record<string, unknown>;
}

function useSave(known: SegmentDetails | undefined) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Written) => {
      if (!known) return (await createSegment({ body, throwOnError: true })).data;
      const path = { segment_id: known.id };
      const isSame = JSON.stringify(body.definition) === JSON.stringify(known.definition);
      const { definition, ...rest } = body;
      const change = isSame ? rest : { ...rest, definition };
      return (await updateSegment({ path, body: change, throwOnError: true })).data;
    },
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: SEGMENTS });
      const words = { name: saved.name, number: format.count(saved.count ?? 0), version: saved.version };
      notify.done(t(saved.count === null ? 'savedWaiting' : 'saved', words));
      void navigate({ to: '/analyze/segments/$segmentId', params: { segmentId: saved.id } });
    },
  });
}

/** What is still missing before it can be saved, in words. */
function useMissing(written: Written, skipped: number): string | undefined {
  const { t } = useTranslation('segments');
  if (!written.purpose) return t('missing.purpose');
  if (!written.name.trim()) return t('missing.name');
  if (skipped > 0) return t('missing.conditions', { count: skipped, number: skipped });
  return undefined;
}

interface KeptProps {
  words: Label | null | undefined;
  onRewrite: () => void;
}

/** A rule that the builder cannot take apart stays as it is until it is written anew. */
function Kept({ words, onRewrite }: KeptProps) {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  return (
    <Note
      actions={
        <Button size="small" onClick={onRewrite}>
          {t('kept.rewrite')}
        </Button>
      }
    >
      <b>{t('kept.now', { words: words ? inLanguage(words, language) : t('hiddenRule') })}</b>
      <div>{t('kept.text')}</div>
    </Note>
  );
}

interface FormProps {
  vocabulary: VocabularyOut;
  known?: SegmentDetails | undefined;
}

function Form({ vocabulary, known }: FormProps) {
  const { t } = useTranslation(['segments', 'common']);
  const navigate = useNavigate();
  const [name, setName] = useState(known?.name ?? '');
  const [purpose, setPurpose] = useState(known?.purpose);
  const book = useMemo(() => bookOf(vocabulary), [vocabulary]);
  const [draft, setDraft] = useState<Draft | undefined>(() => (known ? undefined : emptyDraft()));
  const definition = useMemo(
    () => (draft ? toDefinition(draft, book) : (known?.definition ?? {})),
    [draft, book, known],
  );
  const asked = useDeferredValue(definition);
  const skipped = draft ? incomplete(draft, book) : 0;
  const written = { name: name.trim(), purpose: purpose ?? '', definition };
  const missing = useMissing(written, skipped);
  const save = useSave(known);
  const isNext = known && JSON.stringify(definition) !== JSON.stringify(known.definition);
  useBreadcrumb([{ label: known?.name ?? t('new') }]);
  const leave = () =>
    void (known
      ? navigate({ to: '/analyze/segments/$segmentId', params: { segmentId: known.id } })
      : navigate({ to: '/analyze/segments' }));
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={known ? t('edit') : t('new')}
        subtitle={known ? t('editSubtitle', { next: known.version + 1 }) : t('newSubtitle')}
        actions={<PurposeSelect value={purpose} onChange={setPurpose} />}
      />
      <div className={styles.desk}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <div className={styles.builder} tabIndex={0}>
          <div className={styles.nameField}>
            <Field label={t('name')}>
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={100}
                  placeholder={t('namePlaceholder')}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
          </div>
          {draft ? (
            <Builder vocabulary={vocabulary} book={book} value={draft} onChange={setDraft} />
          ) : (
            <Kept words={known?.words} onRewrite={() => setDraft(emptyDraft())} />
          )}
          <ProblemNote problem={save.error} />
        </div>
        <CountPanel
          purpose={purpose}
          definition={asked}
          isEverybody={Array.isArray(asked.all) && asked.all.length === 0}
          skipped={skipped}
        />
      </div>
      <FootBar hint={missing ?? t('savedThen')}>
        <Button onClick={leave}>{t('common:cancel')}</Button>
        <Button
          type="primary"
          disabled={missing !== undefined}
          loading={save.isPending}
          onClick={() => save.mutate(written)}
        >
          {isNext ? t('saveVersion', { number: known.version + 1 }) : t('save')}
        </Button>
      </FootBar>
    </Page>
  );
}

export function SegmentForm({ known }: { known?: SegmentDetails }) {
  const query = useQuery(vocabularyQuery);
  return (
    <QueryView query={query}>{(vocabulary) => <Form vocabulary={vocabulary} known={known} />}</QueryView>
  );
}
