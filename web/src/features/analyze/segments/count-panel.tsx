/** How many customers the definition describes, counted anew with every change. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Note } from '@/components/marks/note';
import { Status } from '@/components/marks/status';
import { useFormat } from '@/lib/format/use-format';
import { useSettled } from '@/lib/use-settled';
import { countQuery } from './queries';
import styles from './segments.module.css';

interface CountPanelProps {
  purpose: string | undefined;
  definition: Record<string, unknown>;
  isEverybody: boolean;
  skipped: number;
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
      {skipped > 0 && <Note tone="warning">{t('skipped', { count: skipped, number: skipped })}</Note>}
    </aside>
  );
}
