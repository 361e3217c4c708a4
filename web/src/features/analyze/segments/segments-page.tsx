/** 客群: conditions at the left, how many meet them at the right, for a purpose that is named. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Fragment, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VocabularyOut } from '@/api/generated/types.gen';
import { CopyButton } from '@/components/form/copy-button';
import { Page, PageHeader } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { CountPanel } from './count-panel';
import { type Book, type GroupDraft, incomplete, newField, newGroup, toDefinition } from './draft';
import { GroupCard } from './group-card';
import { purposesQuery, vocabularyQuery } from './queries';
import styles from './segments.module.css';

function PurposeSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (purpose: string) => void;
}) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const { data = [] } = useQuery(purposesQuery);
  return (
    <>
      <span className="k-caption" aria-hidden>
        {t('purpose')}
      </span>
      <Select
        aria-label={t('purpose')}
        placeholder={t('choosePurpose')}
        style={{ width: 220 }}
        value={value ?? null}
        options={data
          .filter((one) => one.is_active)
          .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
        onChange={onChange}
      />
    </>
  );
}

function Builder({ vocabulary, purpose }: { vocabulary: VocabularyOut; purpose: string | undefined }) {
  const { t } = useTranslation('analyze');
  const [groups, setGroups] = useState<readonly GroupDraft[]>(() => [
    { ...newGroup(), conditions: [newField()] },
  ]);
  const [view, setView] = useState<'conditions' | 'json'>('conditions');
  const book: Book = useMemo(
    () => ({
      fields: new Map(vocabulary.fields.map((field) => [field.key, field])),
      operators: new Map(vocabulary.operators.map((operator) => [operator.key, operator])),
    }),
    [vocabulary],
  );
  const definition = useMemo(() => toDefinition(groups, book), [groups, book]);
  const asked = useDeferredValue(definition);
  const text = JSON.stringify(definition, null, 2);
  const put = (id: number, next: GroupDraft | null) =>
    setGroups(groups.flatMap((group) => (group.id === id ? (next ?? []) : [group])));
  return (
    <div className={styles.desk}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.builder} tabIndex={0}>
        <div className={styles.intro}>
          <span>{t('groupsHold')}</span>
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
          <>
            {groups.map((group, place) => (
              <Fragment key={group.id}>
                {place > 0 && <div className={styles.and}>{t('and')}</div>}
                <GroupCard
                  group={group}
                  book={book}
                  events={vocabulary.events}
                  onChange={(next) => put(group.id, next)}
                  onRemove={groups.length > 1 ? () => put(group.id, null) : undefined}
                />
              </Fragment>
            ))}
            <Button
              icon={<PlusOutlined />}
              onClick={() => setGroups([...groups, { ...newGroup(), conditions: [newField()] }])}
            >
              {t('addGroup')}
            </Button>
          </>
        )}
      </div>
      <CountPanel
        purpose={purpose}
        definition={asked}
        isEverybody={Array.isArray(asked.all) && asked.all.length === 0}
        skipped={incomplete(groups, book)}
      />
    </div>
  );
}

export function SegmentsPage() {
  const { t } = useTranslation('analyze');
  const [purpose, setPurpose] = useState<string>();
  const query = useQuery(vocabularyQuery);
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={t('title')}
        subtitle={t('subtitle')}
        actions={<PurposeSelect value={purpose} onChange={setPurpose} />}
      />
      <QueryView query={query}>
        {(vocabulary) => <Builder vocabulary={vocabulary} purpose={purpose} />}
      </QueryView>
    </Page>
  );
}
