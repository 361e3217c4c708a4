/** Why an action was not carried out, beside the action, brought into view. What the person wrote is kept. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/lib/http/problem';
import { Note } from '../marks/note';

export function ProblemNote({ problem }: { problem: unknown }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem != null) place.current?.scrollIntoView?.({ block: 'nearest' });
  }, [problem]);
  if (problem == null) return null;
  const known = problem instanceof ApiProblem ? problem : null;
  return (
    <div ref={place}>
      <Note tone="error">
        <b>{known?.title ?? t('problem.unknown')}</b>
        {known?.detail && <div>{known.detail}</div>}
        {known?.id && (
          <div className="k-small">
            {t('problem.id')} <span className="k-mono">{known.id}</span>
          </div>
        )}
      </Note>
    </div>
  );
}
