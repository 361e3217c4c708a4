/** The systems that know the customer, on the overview; everything they say stands under 来源记录. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import { useFieldBook } from '../field-book';
import styles from '../profile/profile.module.css';
import { recordsQuery } from '../profile/queries';
import { useReasonWords } from './reason-words';

interface SourcesCardProps {
  customerId: string;
  asOf: string | undefined;
  onAll: () => void;
}

export function SourcesCard({ customerId, asOf, onAll }: SourcesCardProps) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const book = useFieldBook();
  const reasonOf = useReasonWords();
  const { data: records } = useQuery(recordsQuery(customerId, asOf));
  if (!records) return null;
  return (
    <Card
      title={t('profile.tabs.records')}
      isPadded={false}
      extra={
        <Button type="link" size="small" onClick={onAll}>
          {t('records.all')}
        </Button>
      }
    >
      <ul className={styles.sources}>
        {records.slice(0, 6).map((record) => (
          <li key={record.id}>
            <span className="k-grow">
              <span className="k-small">{record.source.name}</span>
              <span className="k-caption k-ellipsis" style={{ display: 'block' }}>
                {reasonOf(record.reason, record.evidence.map(book.labelOf))}
              </span>
            </span>
            <span className="k-caption k-nowrap">{format.near(record.received_at)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
