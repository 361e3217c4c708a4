/** The latest imports, and what those of the last 24 hours brought. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { listImports } from '@/api/generated/sdk.gen';
import type { ImportPage } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import type { Figure } from '@/components/layout/figures';
import { Status } from '@/components/marks/status';
import type { Tone } from '@/components/marks/tone';
import { QueryView } from '@/components/states/query-view';
import { type Format, useFormat } from '@/lib/format/use-format';
import styles from './today.module.css';

const LOOKED_AT = 100;
const SHOWN = 6;
const A_DAY = 86_400_000;

const tones: Record<string, Tone> = { succeeded: 'success', failed: 'error', cancelled: 'warning' };
const states = [
  'uploaded',
  'queued',
  'running',
  'tried',
  'succeeded',
  'failed',
  'cancelled',
  'reverted',
] as const;

export function useLatestImports(isAllowed: boolean) {
  return useQuery({
    queryKey: ['imports', 'latest'],
    queryFn: async ({ signal }) =>
      (await listImports({ query: { limit: LOOKED_AT }, signal, throwOnError: true })).data,
    enabled: isAllowed,
  });
}

/** Empty where nothing was imported, or where there were more than were looked at, so that no figure is too small. */
export function importFigures(
  page: ImportPage | undefined,
  now: Date,
  t: TFunction<'today'>,
  format: Format,
): Figure[] {
  const fresh = (page?.items ?? []).filter(
    (job) =>
      job.state === 'succeeded' && !job.is_dry_run && now.getTime() - Date.parse(job.created_at) < A_DAY,
  );
  if (fresh.length === 0 || fresh.length === LOOKED_AT) return [];
  const accepted = fresh.reduce((total, job) => total + job.rows_accepted, 0);
  return [
    {
      key: 'accepted',
      label: t('accepted'),
      value: format.countShort(accepted),
      unit: t('acceptedUnit'),
      basis: t('acceptedBasis', { count: fresh.length }),
    },
  ];
}

export function ImportsCard() {
  const { t } = useTranslation('today');
  const format = useFormat();
  const answer = useLatestImports(true);
  const stateOf = (state: string) => {
    const known = states.find((name) => name === state);
    return known ? t(`imports.states.${known}`) : t('imports.other');
  };
  return (
    <Card
      title={t('imports.title')}
      isPadded={false}
      extra={<Link to="/collect/imports">{t('imports.all')}</Link>}
    >
      <QueryView query={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <div className="k-caption" style={{ padding: 16 }}>
              {t('imports.none')}
            </div>
          ) : (
            <ul className={styles.rows}>
              {items.slice(0, SHOWN).map((job) => (
                <li key={job.id}>
                  <span className="k-grow k-small k-ellipsis">
                    {job.file_name}
                    <span className="k-caption" style={{ display: 'block' }}>
                      {[
                        job.source.name,
                        t('imports.rows', {
                          read: format.count(job.rows_read),
                          rejected: format.count(job.rows_rejected),
                        }),
                      ].join('　')}
                    </span>
                  </span>
                  <Status tone={tones[job.state] ?? 'neutral'}>
                    {stateOf(job.state === 'succeeded' && job.is_dry_run ? 'tried' : job.state)}
                  </Status>
                  <span className="k-caption k-nowrap">{format.near(job.created_at)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
