/** 客群变动: how many are in each segment, who came and left since yesterday, and the course of a week. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SegmentMove } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { Sparkline } from '@/components/marks/sparkline';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { movesQuery } from './queries';
import styles from './today.module.css';

function MoveRow({ move }: { move: SegmentMove }) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const course = t('segments.course', {
    first: format.count(move.sizes[0] ?? 0),
    last: format.count(move.sizes.at(-1) ?? 0),
  });
  return (
    <tr>
      <td>
        <Link to="/analyze/segments/$segmentId" params={{ segmentId: move.id }}>
          {move.name}
        </Link>{' '}
        {move.is_new && <Tag>{t('segments.new')}</Tag>}
      </td>
      <td data-align="end">{format.count(move.count)}</td>
      <td data-align="end">{move.entered ? `+${format.count(move.entered)}` : '—'}</td>
      <td data-align="end">{move.left ? `−${format.count(move.left)}` : '—'}</td>
      <td>{move.is_new ? null : <Sparkline values={move.sizes} label={course} isFilled={false} />}</td>
    </tr>
  );
}

export function SegmentsCard() {
  const { t } = useTranslation('today');
  const query = useQuery(movesQuery);
  return (
    <Card
      title={t('segments.title')}
      isPadded={false}
      extra={<Link to="/analyze/segments">{t('segments.all')}</Link>}
    >
      <QueryView query={query}>
        {(moves) =>
          moves.length === 0 ? (
            <p className={styles.calm}>{t('segments.none')}</p>
          ) : (
            <SmallTable label={t('segments.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('segments.segment')}</th>
                  <th scope="col" data-align="end">
                    {t('segments.count')}
                  </th>
                  <th scope="col" data-align="end">
                    {t('segments.entered')}
                  </th>
                  <th scope="col" data-align="end">
                    {t('segments.left')}
                  </th>
                  <th scope="col">{t('segments.week')}</th>
                </tr>
              </thead>
              <tbody>
                {moves.map((move) => (
                  <MoveRow key={move.id} move={move} />
                ))}
              </tbody>
            </SmallTable>
          )
        }
      </QueryView>
    </Card>
  );
}
