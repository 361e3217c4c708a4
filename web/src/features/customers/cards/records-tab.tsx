/** 来源记录: what each system says of the customer, field beside field, with when it was said and when it came. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RecordOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useFieldBook } from '../field-book';
import styles from '../profile/profile.module.css';
import { recordsQuery } from '../profile/queries';
import { useReasonWords } from './reason-words';
import { shownKey } from './record-key';

function RecordCard({ record }: { record: RecordOut }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const book = useFieldBook();
  const reasonOf = useReasonWords();
  const fields = Object.entries(record.fields);
  const facts = [
    record.unit.name,
    t('records.received', { time: format.dateTime(record.received_at) }),
    format.date(record.stated_at) === format.date(record.received_at)
      ? ''
      : t('records.stated', { date: format.date(record.stated_at) }),
    record.author && t('records.by', { name: record.author }),
  ].filter(Boolean);
  return (
    <Card
      title={
        record.key
          ? t('records.title', { source: record.source.name, key: shownKey(record.key) })
          : record.source.name
      }
      extra={<span className="k-caption">{reasonOf(record.reason, record.evidence.map(book.labelOf))}</span>}
    >
      <div className="k-caption">{facts.join(t('records.comma'))}</div>
      <dl className={styles.recordFields}>
        {fields.map(([key, shown]) => (
          <div key={key}>
            <dt>{book.labelOf(key)}</dt>
            <dd>
              {book.isMoney(key) && !shown.is_masked ? (
                <span title={format.amountExact(shown.display)}>{format.amount(shown.display)}</span>
              ) : (
                shown.display
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

export function RecordsTab({ customerId, asOf }: { customerId: string; asOf: string | undefined }) {
  const answer = useQuery(recordsQuery(customerId, asOf));
  return (
    <QueryView query={answer}>
      {(records) => (
        <div className={styles.records}>
          {records.map((record) => (
            <RecordCard key={record.id} record={record} />
          ))}
        </div>
      )}
    </QueryView>
  );
}
