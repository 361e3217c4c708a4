/** 客群画像: what sets a segment apart from the rest of those whom its purpose may take, the greatest difference first. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getSegmentProfile } from '@/api/generated/sdk.gen';
import type { DifferenceOut, SegmentProfileOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { DifferenceTable } from './difference-table';

const NAMED = 3;

function profileQuery(id: string) {
  return queryOptions({
    queryKey: ['segments', id, 'profile'],
    queryFn: async ({ signal }) =>
      (await getSegmentProfile({ path: { segment_id: id }, signal, throwOnError: true })).data,
    staleTime: 60_000,
  });
}

function Told({ profile }: { profile: SegmentProfileOut }) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const [shown, setShown] = useState<'sure' | 'all'>('sure');
  const sure = profile.differences.filter((one) => one.is_sure);
  const rows: readonly DifferenceOut[] = shown === 'sure' ? sure : profile.differences;
  const names = sure.slice(0, NAMED).map((one) => inLanguage(one.label, format.language));
  if (profile.ours < profile.fewest || profile.rest < profile.fewest) {
    return (
      <EmptyState
        title={t('profile.few', { count: profile.fewest })}
        text={t('profile.fewText', {
          ours: format.count(profile.ours),
          rest: format.count(profile.rest),
          fewest: profile.fewest,
        })}
      />
    );
  }
  return (
    <>
      <Card
        title={
          names.length > 0
            ? t('profile.finding', { names: names.join(t('profile.comma')) })
            : t('profile.nothing')
        }
        extra={
          <Segmented
            label={t('profile.which')}
            options={(['sure', 'all'] as const).map((value) => ({ value, label: t(`profile.${value}`) }))}
            value={shown}
            onChange={setShown}
          />
        }
        isPadded={false}
      >
        <DifferenceTable rows={rows} />
      </Card>
      <p className="k-caption">
        {t('profile.basis', {
          ours: format.count(profile.ours),
          rest: format.count(profile.rest),
          time: format.dateTime(profile.as_of),
        })}
      </p>
      <p className="k-caption">
        {t('profile.method', { fewest: profile.fewest })}
        {profile.untold > 0 && t('profile.untold', { count: profile.untold })}
      </p>
    </>
  );
}

export function SegmentProfile({ segmentId }: { segmentId: string }) {
  const query = useQuery(profileQuery(segmentId));
  return <QueryView query={query}>{(profile) => <Told profile={profile} />}</QueryView>;
}
