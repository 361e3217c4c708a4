/** 今日: a greeting, what the reader can see, and what came in lately. A figure that nobody can give is not there. */
import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listCustomers } from '@/api/generated/sdk.gen';
import { Card } from '@/components/layout/card';
import { type Figure, Figures } from '@/components/layout/figures';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Avatar } from '@/components/marks/avatar';
import { QueryView } from '@/components/states/query-view';
import { BUSINESS_ZONE } from '@/lib/format/dates';
import { useFormat } from '@/lib/format/use-format';
import { useCan, useMe } from '@/lib/session/me';
import { FirstCard, useOpenReviews } from './first-card';
import { ImportsCard, importFigures, useLatestImports } from './imports-card';
import { ShortcutsCard } from './shortcuts-card';
import styles from './today.module.css';

const RECENT = 6;

function partOfDay(hour: number): 'night' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 5) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

function useRecent(isAllowed: boolean) {
  return useQuery({
    queryKey: ['customers', 'recent'],
    queryFn: async ({ signal }) =>
      (await listCustomers({ query: { limit: RECENT }, signal, throwOnError: true })).data,
    enabled: isAllowed,
  });
}

/** An estimate at once, then the exact number. */
function useCount(isAllowed: boolean) {
  const estimate = useRecent(isAllowed).data?.count;
  const exact = useQuery({
    queryKey: ['customers', 'count'],
    queryFn: async ({ signal }) =>
      (await listCustomers({ query: { limit: 1, count: 'exact' }, signal, throwOnError: true })).data.count,
    enabled: estimate?.is_exact === false,
  });
  return exact.data ?? estimate;
}

function RecentCard() {
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
                    {[row.fields.tier?.display, row.unit.name].filter(Boolean).join('　')}
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

function useFigures(): Figure[] {
  const { t } = useTranslation('today');
  const format = useFormat();
  const can = useCan();
  const count = useCount(can('customer.read'));
  const imports = useLatestImports(can('import.run'));
  const customers: Figure[] = count
    ? [
        {
          key: 'customers',
          label: t('customers'),
          value: count.is_exact ? (
            <span title={format.count(count.value)}>{format.countShort(count.value)}</span>
          ) : (
            format.estimate(count.value)
          ),
          unit: t('customersUnit'),
          basis: t('customersBasis'),
        },
      ]
    : [];
  return [...customers, ...importFigures(imports.data, new Date(), t, format)];
}

export function TodayPage() {
  const { t, i18n } = useTranslation(['today', 'common']);
  const me = useMe();
  const format = useFormat();
  const can = useCan();
  const figures = useFigures();
  const known: Record<string, unknown> = useRouter().routesByPath;
  const now = new Date();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: BUSINESS_ZONE }).format(
    now,
  );
  const day = `${format.date(now)} ${weekday}`;
  const reviews = useOpenReviews(can('review.decide'));
  const hasImports = can('import.run') && '/collect/imports' in known;
  return (
    <Page>
      <PageBody>
        <PageHeader
          frame="none"
          title={t(`greeting.${partOfDay(now.getHours())}`, { name: me.user.name })}
          subtitle={
            figures.length > 0
              ? t('scope', { date: day, scope: me.scope.label })
              : t('role', { date: day, role: me.roles.map((role) => role.label).join(t('common:listComma')) })
          }
        />
        {figures.length > 0 && <Figures figures={figures} />}
        {reviews > 0 && <FirstCard reviews={reviews} />}
        <div className={styles.columns}>
          {can('customer.read') && <RecentCard />}
          {hasImports && <ImportsCard />}
          <ShortcutsCard />
        </div>
      </PageBody>
    </Page>
  );
}
