/** 构成: what the members are made of, beside everybody whom the purpose may take; and who is in other segments too. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartOut, SegmentDetails } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { BySelect } from '../preview/by-select';
import { countQuery, vocabularyQuery } from '../queries';
import { partsQuery } from '../saved';
import styles from '../segments.module.css';
import { Bars, share } from './bars';
import { OverlapCard } from './overlap-card';
import { useSegmentPlace } from './use-segment-place';

const MARKED = 1.5;

interface PartsProps {
  head: string;
  parts: readonly PartOut[];
  size: number;
  whole: number;
}

function Parts({ head, parts, size, whole }: PartsProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const rows = parts.map((part) => {
    const [own, all] = [share(part.count, size), share(part.of, whole)];
    return {
      key: part.key ?? '',
      label: inLanguage(part.label, format.language),
      count: part.count,
      share: own,
      of: all,
      mark: all > 0 && own / all >= MARKED ? t('parts.times', { number: (own / all).toFixed(1) }) : undefined,
    };
  });
  return <Bars label={t('parts.title')} head={head} rows={rows} />;
}

function DivideCard({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const { place, show } = useSegmentPlace();
  const by = place.by ?? 'unit';
  const { purpose, definition } = segment;
  const { language } = useFormat();
  const field = useQuery(vocabularyQuery).data?.fields.find(({ key }) => key === by);
  const head = field ? inLanguage(field.label, language) : t('unit');
  const query = useQuery(partsQuery({ purpose, definition, by }));
  const size = useQuery(countQuery(purpose, definition)).data?.count;
  const whole = useQuery(countQuery(purpose, { all: [] })).data?.count;
  return (
    <Card
      title={t('parts.title')}
      extra={
        <BySelect
          by={by}
          onChange={(key) => show({ tab: 'parts', ...(key === 'unit' ? {} : { by: key }) })}
        />
      }
    >
      <p className={`k-caption ${styles.about}`}>{t('parts.text')}</p>
      <QueryView query={query}>
        {({ parts }) =>
          parts.length === 0 ? (
            <p className="k-caption">{t('nobody')}</p>
          ) : (
            <Parts head={head} parts={parts} size={size ?? 0} whole={whole ?? 0} />
          )
        }
      </QueryView>
    </Card>
  );
}

export function PartsTab({ segment }: { segment: SegmentDetails }) {
  return (
    <>
      <DivideCard segment={segment} />
      {!segment.is_archived && <OverlapCard segment={segment} />}
    </>
  );
}
