/** 漏斗: the form at the left, the answer at the right; what is asked lives in the address. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import styles from './behavior.module.css';
import { type FunnelDraft, type Json, toFunnel, toFunnelDraft } from './draft';
import { FunnelForm } from './funnel-form';
import { FunnelResult } from './funnel-result';
import { PeopleDrawer } from './people-drawer';
import { type Asked, funnelQuery, type StepAt } from './queries';

export interface ViewProps {
  purpose: string | undefined;
  /** The definition that the address holds. */
  value: Json | undefined;
  onChange: (value: Json) => void;
}

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
      {at && <PeopleDrawer asked={asked} at={at} onClose={() => setAt(undefined)} />}
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
    <div className={styles.desk}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.side} tabIndex={0}>
        <FunnelForm value={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.answer} tabIndex={0}>
        {purpose && asked ? (
          <Answer asked={{ purpose, definition: asked }} />
        ) : (
          <EmptyState
            title={t(purpose ? 'funnelIncomplete' : 'noPurpose')}
            text={t(purpose ? 'funnelIncompleteText' : 'noPurposeText')}
          />
        )}
      </div>
    </div>
  );
}
