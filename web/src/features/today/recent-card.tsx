/** The customers that changed last, and how many there are. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listCustomers } from '@/api/generated/sdk.gen';
import { Card } from '@/components/layout/card';
import { Avatar } from '@/components/marks/avatar';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import styles from './today.module.css';

const RECENT = 6;

function useRecent(isAllowed: boolean) {
  return useQuery({
    queryKey: ['customers', 'recent'],
    queryFn: async ({ signal }) =>
      (await listCustomers({ query: { limit: RECENT }, signal, throwOnError: true })).data,
    enabled: isAllowed,
  });
}

/** An estimate at once, then the exact number. */
export function useCount(isAllowed: boolean) {
  const estimate = useRecent(isAllowed).data?.count;
  const exact = useQuery({
    queryKey: ['customers', 'count'],
    queryFn: async ({ signal }) =>
      (await listCustomers({ query: { limit: 1, count: 'exact' }, signal, throwOnError: true })).data.count,
    enabled: estimate?.is_exact === false,
  });
  return exact.data ?? estimate;
}

export function RecentCard() {
  const { t } = useTranslation(['today', 'customers']);
  const format = useFormat();
  const answer = useRecent(true);
  return (
    <Card title={t('recent.title')} isPadded={false} extra={<Link to="/customers">{t('recent.all')}</Link>}>
      <QueryView query={answer}>
        {({ items }) => (
          <ul className={styles.rows}>
            {items.map((row) => (
              <li key={row.id}>
                <Avatar name={row.name} hueKey={row.id} size={26} />
                <span className="k-grow k-small k-ellipsis">
                  <Link to="/customers/$id" params={{ id: row.id }}>
                    {row.name || t('customers:list.nameless')}
                  </Link>
                  <span className="k-caption" style={{ display: 'block' }}>
                    {[row.unit.name, row.fields.tier?.display].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span className="k-caption k-nowrap">{format.near(row.updated_at)}</span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Card>
  );
}
