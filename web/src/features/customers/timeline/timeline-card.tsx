/** 时间线: what happened, of one kind or of all, newest first. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Timeline } from '@/components/customer/timeline';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { ErrorState } from '@/components/states/error-state';
import { LoadingState } from '@/components/states/loading-state';
import { useFormat } from '@/lib/format/use-format';
import { useFieldBook } from '../field-book';
import { type TimelineKind, timelineKinds, timelineQuery } from '../profile/queries';
import { grouped } from './grouping';
import { toEntry } from './moment-words';

interface TimelineCardProps {
  customerId: string;
  /** A day; nothing later stands here then. */
  asOf: string | undefined;
  /** One kind alone, without the choice. */
  only?: TimelineKind;
}

export function TimelineCard({ customerId, asOf, only }: TimelineCardProps) {
  const { t } = useTranslation(['customers', 'common']);
  const format = useFormat();
  const book = useFieldBook();
  const [chosen, setChosen] = useState<TimelineKind | 'all'>('all');
  const kind = only ?? (chosen === 'all' ? '' : chosen);
  const answer = useInfiniteQuery(timelineQuery(customerId, kind, asOf));
  const entries = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const body = () => {
    if (answer.isPending) return <LoadingState />;
    if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
    if (entries.length === 0)
      return <div className="k-caption">{t(asOf ? 'timeline.noneThen' : 'timeline.none')}</div>;
    return (
      <Timeline
        entries={grouped(entries).map((group) => toEntry(group, { t, format, book }))}
        onMore={answer.hasNextPage ? () => void answer.fetchNextPage() : undefined}
        isLoadingMore={answer.isFetchingNextPage}
      />
    );
  };
  return (
    <Card
      title={only === 'change' ? t('profile.tabs.changes') : t('profile.tabs.timeline')}
      extra={
        !only && (
          <Segmented
            label={t('timeline.kind')}
            value={chosen}
            onChange={setChosen}
            options={[
              { value: 'all', label: t('timeline.all') },
              ...timelineKinds.map((value) => ({ value, label: t(`timeline.kinds.${value}`) })),
            ]}
          />
        )
      }
    >
      {body()}
    </Card>
  );
}
