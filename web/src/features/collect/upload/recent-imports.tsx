/** The last imports, below the zone: what came when, from whom, and with what result. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { useFormat } from '@/lib/format/use-format';
import { StateTag } from '../imports/state-tag';

const SHOWN = 4;

export function RecentImports({ imports }: { imports: readonly ImportOut[] }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  return (
    <Card
      isPadded={false}
      title={t('upload.recent')}
      extra={<Link to="/collect/imports">{t('upload.all')}</Link>}
    >
      <SmallTable>
        <thead>
          <tr>
            <th>{t('imports.file')}</th>
            <th>{t('imports.source')}</th>
            <th data-align="end">{t('imports.rows_read')}</th>
            <th data-align="end">{t('imports.rows_rejected')}</th>
            <th>{t('imports.result')}</th>
            <th>{t('imports.whoWhen')}</th>
          </tr>
        </thead>
        <tbody>
          {imports.slice(0, SHOWN).map((job) => (
            <tr key={job.id}>
              <td>
                <Link to="/collect/imports/$importId" params={{ importId: job.id }}>
                  {job.file_name || t('imports.noName')}
                </Link>
              </td>
              <td>{job.source.name}</td>
              <td data-align="end">{job.started_at ? format.count(job.rows_read) : '—'}</td>
              <td data-align="end">{job.started_at ? format.count(job.rows_rejected) : '—'}</td>
              <td>
                <StateTag job={job} />
              </td>
              <td className="k-label">
                {t('imports.byAt', {
                  who: job.author || t('imports.automatic'),
                  when: format.near(job.created_at),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}
