/** 漏斗: the form at the left, the answer at the right; what is asked lives in the address. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryView } from '@/components/states/query-view';
import { type FunnelDraft, toFunnel, toFunnelDraft } from './draft';
import { FunnelForm } from './funnel-form';
import { FunnelResult } from './funnel-result';
import { type Asked, funnelQuery, type StepAt } from './queries';
import { StepDrawer } from './step-drawer';
import { ViewFrame, type ViewProps } from './view-frame';

function Answer({ asked }: { asked: Asked }) {
  const query = useQuery(funnelQuery(asked));
  const [at, setAt] = useState<StepAt>();
  return (
    <>
      <QueryView query={query}>
        {(answer) =>
          answer.whole.steps.length === (asked.definition.steps as unknown[]).length ? (
            <FunnelResult asked={asked} answer={answer} onOpen={setAt} />
          ) : null
        }
      </QueryView>
      {at && <StepDrawer asked={asked} at={at} onClose={() => setAt(undefined)} />}
    </>
  );
}

export function FunnelView({ purpose, value, onChange }: ViewProps) {
  const { t } = useTranslation('behavior');
  const [draft, setDraft] = useState<FunnelDraft>(() => toFunnelDraft(value));
  const definition = useMemo(() => toFunnel(draft), [draft]);
  const asked = useDeferredValue(definition);
  useEffect(() => {
    if (definition) onChange(definition);
  }, [definition, onChange]);
  return (
    <ViewFrame
      form={<FunnelForm value={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />}
      hasPurpose={purpose !== undefined}
      missing={{ title: t('funnelIncomplete'), text: t('funnelIncompleteText') }}
      answer={purpose && asked ? <Answer asked={{ purpose, definition: asked }} /> : null}
    />
  );
}
