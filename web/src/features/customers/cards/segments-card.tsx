/** 所在客群: the saved segments in which the customer is, since when; a click says why. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StayOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SegmentWhyDrawer } from '@/components/segment/segment-why-drawer';
import { useFormat } from '@/lib/format/use-format';
import styles from '../profile/profile.module.css';
import { segmentsQuery } from '../profile/queries';

interface SegmentsCardProps {
  customerId: string;
  name: string;
}

export function SegmentsCard({ customerId, name }: SegmentsCardProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const [asked, setAsked] = useState<StayOut>();
  const { data } = useQuery(segmentsQuery(customerId));
  const stays = data?.filter((stay) => stay.left_at === null && !stay.is_archived) ?? [];
  if (stays.length === 0) return null;
  return (
    <Card title={t('card.title')} isPadded={false}>
      <ul className={styles.sources}>
        {stays.map((stay) => (
          <li key={stay.segment_id}>
            <button
              type="button"
              className="k-plain-button k-link k-grow k-small k-ellipsis"
              title={t('card.why', { name: stay.name })}
              onClick={() => setAsked(stay)}
            >
              {stay.name}
            </button>
            <span className="k-caption k-nowrap" title={format.dateTime(stay.entered_at)}>
              {t('card.since', { date: format.date(stay.entered_at) })}
            </span>
          </li>
        ))}
      </ul>
      {asked && (
        <SegmentWhyDrawer
          segmentId={asked.segment_id}
          segmentName={asked.name}
          customerId={customerId}
          customerName={name}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Card>
  );
}
