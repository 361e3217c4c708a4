/** How many of the members are in other segments too: every combination in which somebody is. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverlapOut, SegmentDetails } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { overlapQuery, segmentsQuery } from '../saved';
import { Bars, share } from './bars';

const MOST_OTHERS = 4;

function Found({
  segment,
  found,
  nameOf,
}: {
  segment: SegmentDetails;
  found: OverlapOut;
  nameOf: (id: string) => string;
}) {
  const { t } = useTranslation(['segments', 'common']);
  const own = found.parts.filter(({ segment_ids }) => segment_ids.includes(segment.id));
  const size = own.reduce((sum, part) => sum + part.count, 0);
  if (own.length === 0) return <p className="k-caption">{t('nobody')}</p>;
  const rows = own.map((part) => {
    const others = part.segment_ids.filter((id) => id !== segment.id);
    const names = others.map(nameOf).join(t('common:listComma'));
    return {
      key: part.segment_ids.join(' '),
      label: others.length === 0 ? t('overlap.only') : t('overlap.also', { names }),
      count: part.count,
      share: share(part.count, size),
    };
  });
  return <Bars label={t('overlap.title')} head={t('title')} rows={rows.sort((a, b) => b.count - a.count)} />;
}

export function OverlapCard({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { data: segments = [] } = useQuery(segmentsQuery(false));
  const others = segments.filter((one) => one.id !== segment.id && one.words !== null);
  const query = useQuery(overlapQuery([segment.id, ...chosen]));
  const nameOf = (id: string) => segments.find((one) => one.id === id)?.name ?? '';
  return (
    <Card title={t('overlap.title')}>
      <div className="k-stack">
        <p className="k-caption">{t(others.length === 0 ? 'overlap.noOthers' : 'overlap.text')}</p>
        {others.length > 0 && (
          <Select
            mode="multiple"
            maxCount={MOST_OTHERS}
            aria-label={t('overlap.choose')}
            placeholder={t('overlap.choose')}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: '100%', maxWidth: 560 }}
            value={[...chosen]}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(ids: string[]) => setChosen(ids)}
          />
        )}
        {chosen.length > 0 && (
          <QueryView query={query}>
            {(found) => <Found segment={segment} found={found} nameOf={nameOf} />}
          </QueryView>
        )}
      </div>
    </Card>
  );
}
