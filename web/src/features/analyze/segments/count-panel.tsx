/** How many customers the definition describes, counted anew with every change. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Note } from '@/components/marks/note';
import { Status } from '@/components/marks/status';
import { useFormat } from '@/lib/format/use-format';
import { useSettled } from '@/lib/use-settled';
import { Distribution } from './preview/distribution';
import { Sample } from './preview/sample';
import { useSteps } from './preview/steps';
import { countQuery } from './queries';
import styles from './segments.module.css';

type Json = Record<string, unknown>;

interface CountPanelProps {
  purpose: string | undefined;
  definition: Json;
  isEverybody: boolean;
  skipped: number;
}

/** What the number is made of, and a few of the people; whom the purpose leaves out is counted alone. */
function Preview({ purpose, definition, size }: { purpose: string; definition: Json; size: number }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { data } = useSteps(purpose, definition);
  return (
    <>
      {data && data.of > 0 && (
        <p className="k-caption">{t('preview.share', { share: format.share(size / data.of) })}</p>
      )}
      {data && data.left_out > 0 && (
        <Note tone="primary">{t('preview.leftOut', { number: format.count(data.left_out) })}</Note>
      )}
      {size > 0 && (
        <>
          <Distribution purpose={purpose} definition={definition} size={size} />
          <Sample purpose={purpose} definition={definition} />
        </>
      )}
    </>
  );
}

export function CountPanel({ purpose, definition, isEverybody, skipped }: CountPanelProps) {
  const { t } = useTranslation('analyze');
  const format = useFormat();
  const settled = useSettled(definition);
  const query = useQuery({ ...countQuery(purpose, settled), placeholderData: keepPreviousData });
  if (purpose === undefined) {
    return (
      <aside className={styles.panel}>
        <Note tone="primary">{t('noPurpose')}</Note>
      </aside>
    );
  }
  const isOld = query.isFetching || settled !== definition;
  return (
    <aside className={styles.panel} aria-busy={isOld}>
      {query.error ? (
        <ProblemNote problem={query.error} />
      ) : (
        <>
          <div className={styles.figure} role="status" data-old={isOld}>
            <b>{query.data ? format.count(query.data.count) : '…'}</b>
            <span>{t('customers')}</span>
            <span className={styles.exact}>
              <Status tone={isOld ? 'neutral' : 'success'}>{t(isOld ? 'counting' : 'exact')}</Status>
            </span>
          </div>
          <p className="k-caption">{t(isEverybody ? 'everyone' : 'inScope')}</p>
          {query.data && (
            <p className="k-caption">{t('asOf', { time: format.dateTime(query.data.as_of) })}</p>
          )}
        </>
      )}
      {query.data && !query.error && (
        <Preview purpose={purpose} definition={settled} size={query.data.count} />
      )}
      {skipped > 0 && <Note tone="warning">{t('skipped', { count: skipped, number: skipped })}</Note>}
    </aside>
  );
}
