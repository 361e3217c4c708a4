/** 今日: what changed since yesterday and what waits for the reader. What he has no right to is not there. */
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TodayOut } from '@/api/generated/types.gen';
import { Figures } from '@/components/layout/figures';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { QueryView } from '@/components/states/query-view';
import { BUSINESS_ZONE } from '@/lib/format/dates';
import { useFormat } from '@/lib/format/use-format';
import { useCan, useMe } from '@/lib/session/me';
import { ArrivalsCard } from './arrivals-card';
import { useFigures } from './figures';
import { FirstCard } from './first-card';
import { ImportsCard } from './imports-card';
import { mattersOf } from './matters';
import { movesQuery, todayQuery } from './queries';
import { RecentCard } from './recent-card';
import { SegmentsCard } from './segments-card';
import { ShortcutsCard } from './shortcuts-card';
import { StepsCard } from './steps-card';
import { TasksCard } from './tasks-card';
import styles from './today.module.css';

/** The hour in a time as it is told, in the zone of the business. */
function hourOf(told: string): number {
  return Number(told.slice(-5, -3));
}

function partOfDay(hour: number): 'night' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 5) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

function useSentence(today: TodayOut, matters: number): string {
  const { t, i18n } = useTranslation(['today', 'common']);
  const me = useMe();
  const format = useFormat();
  const now = new Date();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: BUSINESS_ZONE }).format(
    now,
  );
  const date = `${format.date(now)} ${weekday}`;
  if (!today.customers || today.is_empty) {
    return t('role', { date, role: me.roles.map((role) => role.label).join(t('common:listComma')) });
  }
  const { created, changed } = today.customers;
  const lately = t('lately', {
    date,
    created: format.countShort(created),
    changed: format.countShort(changed),
  });
  return lately + (matters > 0 ? t('waiting', { count: matters }) : t('calm'));
}

function Board({ today }: { today: TodayOut }) {
  const { t } = useTranslation('today');
  const me = useMe();
  const format = useFormat();
  const can = useCan();
  const known: Record<string, unknown> = useRouter().routesByPath;
  const readsSegments = can('segment.read');
  const moves = useQuery({ ...movesQuery, enabled: readsSegments });
  const matters = mattersOf(today, moves.data ?? []);
  const figures = useFigures(today);
  const isWorking = today.customers !== null && !today.is_empty;
  const sentence = useSentence(today, matters.length);
  const hasImports = can('import.run') && '/collect/imports' in known;
  return (
    <>
      <PageHeader
        frame="none"
        title={t(`greeting.${partOfDay(hourOf(format.dateTime(new Date())))}`, { name: me.user.name })}
        subtitle={sentence}
        actions={
          <span className="k-caption">{t('asOf', { time: format.dateTime(today.as_of).slice(-5) })}</span>
        }
      />
      {isWorking && figures.length > 0 && <Figures figures={figures} />}
      <div className={styles.columns}>
        <div className={styles.column}>
          {today.is_empty && <StepsCard />}
          {isWorking && <FirstCard matters={matters} />}
          {isWorking && readsSegments && <SegmentsCard />}
          {isWorking && hasImports && <ImportsCard />}
          {isWorking && !readsSegments && !hasImports && <RecentCard />}
          {!isWorking && !today.is_empty && <ShortcutsCard />}
        </div>
        {isWorking && (
          <div className={styles.column}>
            {today.tasks && <TasksCard tasks={today.tasks} />}
            {(can('source.manage') || (can('dashboard.read') && readsSegments)) && <ArrivalsCard />}
            {(readsSegments || hasImports) && <RecentCard />}
          </div>
        )}
      </div>
    </>
  );
}

export function TodayPage() {
  const query = useQuery(todayQuery);
  return (
    <Page>
      <PageBody>
        <QueryView query={query}>{(today) => <Board today={today} />}</QueryView>
      </PageBody>
    </Page>
  );
}
