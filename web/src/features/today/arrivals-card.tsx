/** 数据到达: each source with what it brought and when it last did. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { sourcesQuery } from './queries';
import styles from './today.module.css';

const SHOWN = 6;

export function ArrivalsCard() {
  const { t } = useTranslation('today');
  const format = useFormat();
  const can = useCan();
  const query = useQuery(sourcesQuery);
  const managesSources = can('source.manage');
  const isUnseen = query.data?.every((one) => !one.last_import_at);
  if (isUnseen && !managesSources) return null;
  return (
    <Card
      title={t('arrivals.title')}
      isPadded={false}
      extra={managesSources && <Link to="/collect/sources">{t('arrivals.all')}</Link>}
    >
      <QueryView query={query}>
        {(sources) => {
          const seen = sources
            .filter((one) => one.is_active && one.last_import_at)
            .sort((a, b) => String(b.last_import_at).localeCompare(String(a.last_import_at)));
          if (seen.length === 0) return <p className={styles.calm}>{t('arrivals.none')}</p>;
          return (
            <ul className={styles.rows}>
              {seen.slice(0, SHOWN).map((one) => (
                <li key={one.id}>
                  <span className="k-grow k-small k-ellipsis">
                    {one.name}
                    <span className="k-caption" style={{ display: 'block' }}>
                      {t('arrivals.rows', {
                        count: one.rows_accepted,
                        number: format.count(one.rows_accepted),
                      })}
                    </span>
                  </span>
                  <span className="k-caption k-nowrap">{format.near(one.last_import_at)}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </Card>
  );
}
