/** 快照: a moment that was given a name; who was in then can be asked at any time. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takeSegmentSnapshot } from '@/api/generated/sdk.gen';
import type { SegmentDetails, SnapshotOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { snapshotsQuery } from '../saved';
import styles from '../segments.module.css';

const DIGEST = 12;

function TakeSnapshot({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const take = useMutation({
    mutationFn: async () => {
      const path = { segment_id: segment.id };
      await takeSegmentSnapshot({ path, body: { name: name.trim() }, throwOnError: true });
    },
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: snapshotsQuery(segment.id).queryKey });
    },
  });
  return (
    <div className="k-stack" style={{ gap: 8 }}>
      <form
        className="k-row"
        style={{ maxWidth: 480 }}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) take.mutate();
        }}
      >
        <Input
          aria-label={t('snapshots.name')}
          placeholder={t('snapshots.placeholder')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button htmlType="submit" disabled={!name.trim()} loading={take.isPending}>
          {t('snapshots.take')}
        </Button>
      </form>
      <ProblemNote problem={take.error} />
    </div>
  );
}

function Rows({ segment, rows }: { segment: SegmentDetails; rows: readonly SnapshotOut[] }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  return (
    <SmallTable label={t('snapshots.title')} rowHeight={44}>
      <thead>
        <tr>
          <th>{t('snapshots.name')}</th>
          <th>{t('snapshots.taken')}</th>
          <th className={styles.figureColumn}>{t('members')}</th>
          <th>{t('versions.number')}</th>
          <th>{t('versions.author')}</th>
          <th>{t('snapshots.digest')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td>
              <Link
                to="/analyze/segments/$segmentId"
                params={{ segmentId: segment.id }}
                search={{ on: one.taken_at }}
                className="k-link"
              >
                {one.name}
              </Link>
            </td>
            <td className="k-nowrap">{format.dateTime(one.taken_at)}</td>
            <td className={styles.figureColumn}>{format.count(one.count)}</td>
            <td>{t('versionNumber', { number: one.version })}</td>
            <td className="k-nowrap">{one.author || '—'}</td>
            <td className="k-mono" title={one.digest}>
              {one.digest.slice(0, DIGEST)}
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function SnapshotsCard({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const canTake = useCan()('segment.manage') && !segment.is_archived && segment.count !== null;
  const query = useQuery(snapshotsQuery(segment.id));
  return (
    <Card title={t('snapshots.header')} {...(canTake ? { foot: <TakeSnapshot segment={segment} /> } : {})}>
      <QueryView query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="k-caption">{t('snapshots.none')}</p>
          ) : (
            <Rows segment={segment} rows={rows} />
          )
        }
      </QueryView>
    </Card>
  );
}
