/** 留存: cohorts by week or month, and who of them comes back; what is asked lives in the address. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '@/components/states/query-view';
import { type Asked, retentionQuery } from './queries';
import { type RetentionDraft, toRetention, toRetentionDraft } from './retention-draft';
import { RetentionForm } from './retention-form';
import { RetentionResult } from './retention-result';
import { ViewFrame, type ViewProps } from './view-frame';

function Answer({ asked }: { asked: Asked }) {
  const query = useQuery(retentionQuery(asked));
  return <QueryView query={query}>{(answer) => <RetentionResult asked={asked} answer={answer} />}</QueryView>;
}

export function RetentionView({ purpose, value, onChange }: ViewProps) {
  const { t } = useTranslation('behavior');
  const [draft, setDraft] = useState<RetentionDraft>(() => toRetentionDraft(value));
  const definition = useMemo(() => toRetention(draft), [draft]);
  const asked = useDeferredValue(definition);
  useEffect(() => {
    if (definition) onChange(definition);
  }, [definition, onChange]);
  return (
    <ViewFrame
      form={<RetentionForm value={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />}
      hasPurpose={purpose !== undefined}
      missing={{ title: t('retentionIncomplete'), text: t('retentionIncompleteText') }}
      answer={purpose && asked ? <Answer asked={{ purpose, definition: asked }} /> : null}
    />
  );
}
