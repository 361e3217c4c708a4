/** What a definition is built with: groups of conditions, the sentence that they come to, or their JSON. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VocabularyOut } from '@/api/generated/types.gen';
import { CopyButton } from '@/components/form/copy-button';
import { Segmented } from '@/components/layout/segmented';
import { useFormat } from '@/lib/format/use-format';
import { ApiProblem } from '@/lib/http/problem';
import { inLanguage } from '@/lib/language';
import { useSettled } from '@/lib/use-settled';
import { type Draft, partAt, toDefinition } from '../draft';
import type { Remains } from '../preview/steps';
import styles from './builder.module.css';
import { GroupCard } from './group-card';
import { type Book, type Mode, type NodeDraft, newField, newGroup } from './kinds';
import { wordsQuery } from './names';
import type { Setting } from './setting';

interface BuilderProps {
  vocabulary: VocabularyOut;
  book: Book;
  value: Draft;
  /** The saved segment that is being defined, if there is one. */
  self?: string | undefined;
  /** How many remain at each part; absent where nothing is counted. */
  remains?: Remains | undefined;
  onChange: (draft: Draft) => void;
}

/** The definition in words, and the mistake that the server finds in it with the part that it is in. */
function useWords(draft: Draft, book: Book, self: string | undefined) {
  const { language } = useFormat();
  const definition = useMemo(() => toDefinition(draft, book), [draft, book]);
  const settled = useSettled(definition);
  const { data, error } = useQuery(wordsQuery(settled, self));
  const place = settled === definition && error instanceof ApiProblem ? error.fields[0] : undefined;
  const id = place && partAt(draft, book, place.field);
  const mistake = id === undefined ? undefined : { id, said: place?.message ?? '' };
  const words = data && inLanguage(data, language);
  return { definition, words, mistake, error: mistake ? null : error };
}

function Groups({
  draft,
  setting,
  onChange,
}: {
  draft: Draft;
  setting: Setting;
  onChange: (draft: Draft) => void;
}) {
  const { t } = useTranslation('analyze');
  const put = (parts: readonly NodeDraft[]) => onChange({ ...draft, parts });
  const groups = draft.parts.filter((part) => part.kind === 'group');
  return (
    <>
      {groups.map((group, place) => (
        <Fragment key={group.id}>
          {place > 0 && <div className={styles.and}>{t(`between.${draft.mode}`)}</div>}
          <GroupCard
            group={group}
            setting={setting}
            level={draft.mode === 'none' ? 3 : 2}
            onChange={(next) => put(groups.map((one) => (one.id === next.id ? next : one)))}
            onRemove={groups.length > 1 ? () => put(groups.filter(({ id }) => id !== group.id)) : undefined}
          />
        </Fragment>
      ))}
      <Button
        className={styles.addGroup}
        icon={<PlusOutlined />}
        onClick={() => put([...groups, newGroup([newField()])])}
      >
        {t('addGroup')}
      </Button>
    </>
  );
}

/** How the groups hold together. */
function Intro({ draft, onChange }: Pick<BuilderProps, 'onChange'> & { draft: Draft }) {
  const { t } = useTranslation('analyze');
  return (
    <span className={styles.parts}>
      {t('whoMeet')}
      <Select
        aria-label={t('rootMode')}
        size="small"
        popupMatchSelectWidth={false}
        options={(['all', 'any', 'none'] as const).map((mode) => ({
          value: mode,
          label: t(`roots.${mode}`),
        }))}
        value={draft.mode}
        onChange={(mode: Mode) => onChange({ ...draft, mode })}
      />
    </span>
  );
}

export function Builder({ vocabulary, book, value, self, remains, onChange }: BuilderProps) {
  const { t } = useTranslation('analyze');
  const [view, setView] = useState<'conditions' | 'json'>('conditions');
  const { definition, words, mistake, error } = useWords(value, book, self);
  const isEverybody = Array.isArray(definition.all) && definition.all.length === 0;
  const sentence = isEverybody ? t('everybody') : words && t('sentence', { words });
  const { events, channels } = vocabulary;
  const text = JSON.stringify(definition, null, 2);
  return (
    <div className={styles.builder}>
      <div className={styles.intro}>
        <Intro draft={value} onChange={onChange} />
        <Segmented
          label={t('view')}
          options={[
            { value: 'conditions', label: t('asConditions') },
            { value: 'json', label: t('asJson') },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {view === 'json' ? (
        <div className={styles.json}>
          <CopyButton text={text} label={t('copyJson')} />
          <pre>{text}</pre>
        </div>
      ) : (
        <Groups
          draft={value}
          setting={{ book, events, channels, self, mistake, remains }}
          onChange={onChange}
        />
      )}
      <section className={styles.words} aria-label={t('inWords')} aria-live="polite">
        <b>{t('inWords')}</b>
        <p>{error || mistake ? t('noWords') : sentence}</p>
      </section>
    </div>
  );
}
