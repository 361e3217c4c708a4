/** A segment is written: its name, what it is for and whom it describes, with the exact count at the right. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
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
import { Builder } from '../builder/builder';
import { CountPanel } from '../count-panel';
import { bookOf, type Draft, emptyDraft, fromDefinition, incomplete, toDefinition } from '../draft';
import { useRemains } from '../preview/steps';
import { PurposeSelect } from '../purpose-select';
import { vocabularyQuery } from '../queries';
import { SEGMENTS } from '../saved';
import styles from '../segments.module.css';

interface Written {
  name: string;
  purpose: string;
  definition: Record<string, unknown>;
}

/** Another rule becomes the next version; else the name and the purpose are changed alone. */
function useSave(known: SegmentDetails | undefined, isNext: boolean) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Written) => {
      if (!known) return (await createSegment({ body, throwOnError: true })).data;
      const path = { segment_id: known.id };
      const { definition, ...rest } = body;
      const change = isNext ? { ...rest, definition } : rest;
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
  if (skipped > 0) return t('missing.conditions', { count: skipped, number: skipped });
  if (!written.name.trim()) return t('missing.name');
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
  /** The list that a new segment begins with. */
  list?: number | undefined;
}

/** What is written, as it stands: opened from what was saved, or empty. */
function useWriting({ vocabulary, known, list }: FormProps) {
  const [name, setName] = useState(known?.name ?? '');
  const [purpose, setPurpose] = useState(known?.purpose);
  const book = useMemo(() => bookOf(vocabulary), [vocabulary]);
  const [opened] = useState(() => (known ? fromDefinition(known.definition, book) : emptyDraft(list)));
  const [draft, setDraft] = useState<Draft | undefined>(opened);
  const toJson = (one: Draft | undefined) => (one ? toDefinition(one, book) : (known?.definition ?? {}));
  const definition = toJson(draft);
  const written = { name: name.trim(), purpose: purpose ?? '', definition };
  const isNext = known !== undefined && JSON.stringify(definition) !== JSON.stringify(toJson(opened));
  const skipped = draft ? incomplete(draft, book) : 0;
  return { name, setName, purpose, setPurpose, book, draft, setDraft, written, isNext, skipped };
}
type Writing = ReturnType<typeof useWriting>;

function NameField({ name, setName }: Writing) {
  const { t } = useTranslation('segments');
  return (
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
  );
}

/** Name and conditions at the left, the count at the right. */
function Desk({ vocabulary, known, writing, problem }: FormProps & { writing: Writing; problem: unknown }) {
  const { book, draft, setDraft, purpose, written, skipped } = writing;
  const remains = useRemains(draft, book, purpose);
  const { all } = written.definition;
  return (
    <div className={styles.desk}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.builder} tabIndex={0}>
        <NameField {...writing} />
        {draft ? (
          <Builder
            vocabulary={vocabulary}
            book={book}
            value={draft}
            self={known?.id}
            remains={remains}
            onChange={setDraft}
          />
        ) : (
          <Kept words={known?.words} onRewrite={() => setDraft(emptyDraft())} />
        )}
        <ProblemNote problem={problem} />
      </div>
      <CountPanel
        purpose={purpose}
        definition={written.definition}
        isEverybody={Array.isArray(all) && all.length === 0}
        skipped={skipped}
      />
    </div>
  );
}

function Form({ vocabulary, known, list }: FormProps) {
  const { t } = useTranslation(['segments', 'common']);
  const navigate = useNavigate();
  const writing = useWriting({ vocabulary, known, list });
  const { purpose, setPurpose, written, isNext, skipped } = writing;
  const missing = useMissing(written, skipped);
  const save = useSave(known, isNext);
  useBreadcrumb([{ label: known?.name ?? t('new') }]);
  const next = (known?.version ?? 0) + 1;
  const leave = () =>
    void (known
      ? navigate({ to: '/analyze/segments/$segmentId', params: { segmentId: known.id } })
      : navigate({ to: '/analyze/segments' }));
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={known ? t('edit') : t('new')}
        subtitle={known ? t('editSubtitle', { next }) : t('newSubtitle')}
        actions={<PurposeSelect value={purpose} onChange={setPurpose} />}
      />
      <Desk vocabulary={vocabulary} known={known} writing={writing} problem={save.error} />
      <FootBar hint={missing ?? t('savedThen')}>
        <Button onClick={leave}>{t('common:cancel')}</Button>
        <Button
          type="primary"
          disabled={missing !== undefined}
          loading={save.isPending}
          onClick={() => save.mutate(written)}
        >
          {isNext ? t('saveVersion', { number: next }) : t('save')}
        </Button>
      </FootBar>
    </Page>
  );
}

export function SegmentForm({ known, list }: Omit<FormProps, 'vocabulary'>) {
  const query = useQuery(vocabularyQuery);
  return (
    <QueryView query={query}>
      {(vocabulary) => <Form vocabulary={vocabulary} known={known} list={list} />}
    </QueryView>
  );
}
