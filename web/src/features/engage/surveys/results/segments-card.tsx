/** The measure of segments beside all and beside those in none: of who was in when he answered, or of who is in now. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyOut, SurveyPartOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { SmallTable } from '@/components/layout/small-table';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { savedSegmentsQuery } from '@/lib/segments';
import { bySegmentQuery, type When } from '../queries';
import { measureText } from './figures';

const MOST_SEGMENTS = 6;
const WHENS = ['now', 'then'] as const;

interface RowProps {
  name: string;
  measure: string;
  part: SurveyPartOut;
  isAside?: boolean;
}

function Row({ name, measure, part: { answers, estimate, before }, isAside = false }: RowProps) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const bounds =
    estimate && estimate.low !== null && estimate.high !== null ? [estimate.low, estimate.high] : [];
  return (
    <tr>
      <td className={isAside ? 'k-caption' : undefined}>
        {name}
        {before > 0 && (
          <span className="k-caption" style={{ display: 'block' }}>
            {t('beforeSegment', { count: before })}
          </span>
        )}
      </td>
      <td style={{ textAlign: 'end' }}>{estimate ? measureText(estimate.value, measure) : '—'}</td>
      <td style={{ textAlign: 'end' }} className="k-nowrap">
        {bounds.length > 0 ? bounds.map((one) => measureText(one, measure)).join(' – ') : '—'}
      </td>
      <td style={{ textAlign: 'end' }}>{format.count(answers)}</td>
    </tr>
  );
}

function Compared({ surveyId, chosen, when }: { surveyId: string; chosen: readonly string[]; when: When }) {
  const { t } = useTranslation('surveys');
  const query = useQuery(bySegmentQuery(surveyId, chosen, when));
  return (
    <QueryView query={query}>
      {({ measure, whole, segments, rest }) => (
        <SmallTable label={t('bySegment')} rowHeight={40}>
          <thead>
            <tr>
              <th>{t('segment')}</th>
              <th style={{ textAlign: 'end' }}>{measure.toUpperCase()}</th>
              <th style={{ textAlign: 'end' }}>{t('interval95')}</th>
              <th style={{ textAlign: 'end' }}>{t('answers')}</th>
            </tr>
          </thead>
          <tbody>
            {segments.map((one) => (
              <Row key={one.segment_id} name={one.name} measure={measure} part={one} />
            ))}
            <Row name={t('inNone')} measure={measure} part={rest} isAside />
            <Row name={t('inAll')} measure={measure} part={whole} isAside />
          </tbody>
        </SmallTable>
      )}
    </QueryView>
  );
}

export function SegmentsCard({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const { data = [], isPending } = useQuery(savedSegmentsQuery);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [when, setWhen] = useState<When>('now');
  return (
    <Card
      title={t('bySegment')}
      extra={
        <Segmented<When>
          label={t('membership')}
          value={when}
          options={WHENS.map((value) => ({ value, label: t(`whens.${value}`) }))}
          onChange={setWhen}
        />
      }
    >
      <div className="k-stack" style={{ gap: 12 }}>
        <Select
          mode="multiple"
          aria-label={t('chooseSegments')}
          placeholder={t('chooseSegments')}
          loading={isPending}
          maxCount={MOST_SEGMENTS}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%', maxWidth: 640 }}
          options={data.map(({ id, name }) => ({ value: id, label: name }))}
          value={[...chosen]}
          onChange={setChosen}
        />
        {chosen.length === 0 ? (
          <span className="k-caption">{t('segmentsHint')}</span>
        ) : (
          <>
            <Compared surveyId={survey.id} chosen={chosen} when={when} />
            <span className="k-caption">{t('segmentsNote')}</span>
          </>
        )}
      </div>
    </Card>
  );
}
