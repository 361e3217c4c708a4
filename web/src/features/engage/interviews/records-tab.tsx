/** The interviews held along a guide, one's own drafts first; all, or those in which a theme came up. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GuideOut, TalkRow } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import styles from './interviews.module.css';
import { recordsQuery } from './queries';
import { themeName, type Way } from './words';

function RecordsTable({ guide, rows }: { guide: GuideOut; rows: readonly TalkRow[] }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  const names = new Map(guide.themes.map((one) => [one.key, themeName(one, format.language)]));
  return (
    <SmallTable label={t('tabs.records')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('records.customer')}</th>
          <th>{t('records.author')}</th>
          <th>{t('records.when')}</th>
          <th>{t('records.way')}</th>
          <th>{t('records.theme')}</th>
          <th>{t('records.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link
                to="/engage/interviews/records/$recordId"
                params={{ recordId: row.id }}
                className="k-link"
              >
                {row.customer || t('records.nameless')}
              </Link>
              <span className="k-caption" style={{ display: 'block' }}>
                {row.unit}
              </span>
            </td>
            <td className="k-nowrap">{row.author ?? '—'}</td>
            <td className="k-nowrap">{format.near(row.held_at)}</td>
            <td className="k-nowrap">
              {t(`ways.${row.way as Way}`)}
              {row.minutes !== null && (
                <span className="k-caption" style={{ display: 'block' }}>
                  {t('records.minutes', { count: row.minutes })}
                </span>
              )}
            </td>
            <td>
              <span className={styles.marks}>
                {row.codes.map((code) => (
                  <Tag key={code}>{names.get(code) ?? code}</Tag>
                ))}
              </span>
            </td>
            <td>
              <Status tone={row.state === 'done' ? 'success' : 'neutral'}>
                {t(`recordStates.${row.state as 'draft' | 'done'}`)}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

interface RecordsTabProps {
  guide: GuideOut;
  theme: string;
  onTheme: (theme: string) => void;
}

export function RecordsTab({ guide, theme, onTheme }: RecordsTabProps) {
  const { t } = useTranslation('interviews');
  const { language } = useFormat();
  const query = useQuery(recordsQuery(guide.id, theme));
  const options = [
    { value: '', label: t('records.all') },
    ...guide.themes.map((one) => ({ value: one.key, label: themeName(one, language) })),
  ];
  const choice = guide.themes.length > 0 && (
    <Select
      aria-label={t('records.theme')}
      value={theme}
      options={options}
      style={{ minWidth: 160 }}
      onChange={onTheme}
    />
  );
  return (
    <QueryView query={query}>
      {(rows) =>
        rows.length === 0 && !theme ? (
          <EmptyState title={t('records.none')} text={t('records.noneText')} />
        ) : (
          <Card title={t('tabs.records')} extra={choice} isPadded={rows.length === 0}>
            {rows.length === 0 ? (
              <span className="k-caption">{t('records.noneOfTheme')}</span>
            ) : (
              <RecordsTable guide={guide} rows={rows} />
            )}
          </Card>
        )
      }
    </QueryView>
  );
}
