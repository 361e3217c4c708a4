/** 客群: conditions at the left, how many meet them at the right, for a purpose that is named. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VocabularyOut } from '@/api/generated/types.gen';
import { Page, PageHeader } from '@/components/layout/page';
import { QueryView } from '@/components/states/query-view';
import { Builder, bookOf, type Draft, emptyDraft } from './builder/builder';
import { CountPanel } from './count-panel';
import { incomplete, toDefinition } from './draft';
import { PurposeSelect } from './purpose-select';
import { vocabularyQuery } from './queries';
import styles from './segments.module.css';

function Desk({ vocabulary, purpose }: { vocabulary: VocabularyOut; purpose: string | undefined }) {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const book = useMemo(() => bookOf(vocabulary), [vocabulary]);
  const definition = useMemo(() => toDefinition(draft, book), [draft, book]);
  const asked = useDeferredValue(definition);
  return (
    <div className={styles.desk}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.builder} tabIndex={0}>
        <Builder vocabulary={vocabulary} book={book} value={draft} onChange={setDraft} />
      </div>
      <CountPanel
        purpose={purpose}
        definition={asked}
        isEverybody={Array.isArray(asked.all) && asked.all.length === 0}
        skipped={incomplete(draft, book)}
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
        {(vocabulary) => <Desk vocabulary={vocabulary} purpose={purpose} />}
      </QueryView>
    </Page>
  );
}
