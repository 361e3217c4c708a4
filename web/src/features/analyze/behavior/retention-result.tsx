/** Who comes back: a sentence, the curve over all cohorts with its 95% interval, and the cohorts one by one. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RateOut, RetentionOut } from '@/api/generated/types.gen';
import { Chart, type ChartColors, type ChartOption } from '@/components/chart/chart';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { EmptyState } from '@/components/states/empty-state';
import { type Format, useFormat } from '@/lib/format/use-format';
import { CohortDrawer } from './cohort-drawer';
import { intervalOf } from './funnel-table';
import { type Asked, type CohortAt, takeTable } from './queries';
import { RetentionTable } from './retention-table';

const WHOLE = 100;

function optionOf(
  rates: readonly (RateOut | null)[],
  names: readonly string[],
  format: Format,
  colors: ChartColors,
): ChartOption {
  const bound = (key: 'low' | 'high') => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    lineStyle: { type: 'dashed', width: 1, color: colors.other },
    data: rates.map((rate) => (rate ? rate[key] * WHOLE : null)),
  });
  return {
    grid: { left: 8, right: 24, top: 24, bottom: 4, containLabel: true },
    tooltip: { show: false },
    xAxis: {
      type: 'category',
      data: [...names],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.ink2 },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitLine: { lineStyle: { color: colors.lineSoft } },
      axisLabel: { color: colors.ink3, formatter: '{value}%' },
    },
    series: [
      {
        type: 'line',
        symbolSize: 7,
        lineStyle: { width: 2 },
        data: rates.map((rate) => (rate ? rate.value * WHOLE : null)),
        label: {
          show: true,
          color: colors.ink2,
          formatter: ({ value }: { value: number }) => format.share(value / WHOLE),
        },
      },
      bound('low'),
      bound('high'),
    ],
  };
}

export function RetentionResult({ asked, answer }: { asked: Asked; answer: RetentionOut }) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const notify = useNotify();
  const { definition } = asked;
  const [at, setAt] = useState<CohortAt>();
  const unit = definition.unit === 'month' ? 'month' : 'week';
  const known = answer.overall.filter((rate) => rate !== null);
  const names = useMemo(
    () => answer.overall.map((_, place) => t(`later.${unit}`, { count: place + 1 })),
    [answer, unit, t],
  );
  const option = useMemo(
    () => (colors: ChartColors) => optionOf(answer.overall, names, format, colors),
    [answer, names, format],
  );
  if (answer.cohorts.every((one) => one.customers === 0)) {
    return <EmptyState title={t('noCohort')} text={t('noCohortText')} />;
  }
  const csv = () =>
    void takeTable('retention', asked, 'retention.csv').then(() => notify.done(t('taken')), notify.failed);
  const first = known[0];
  const kind = definition.kind === 'since' ? 'since' : 'in';
  return (
    <>
      <Card
        title={
          first
            ? t(`retentionFinding.${kind}.${unit}`, {
                share: format.share(first.value),
                event: (definition.back as { event: string }).event,
              })
            : t('tooEarly')
        }
        extra={
          <Button size="small" icon={<DownloadOutlined />} onClick={csv}>
            {t('csv')}
          </Button>
        }
      >
        <p className="k-caption">{t('overallText')}</p>
        {first && (
          <Chart
            label={t('retentionChart')}
            option={option}
            height={220}
            table={{
              head: [t('laterHead'), t('share'), t('intervalHead')],
              rows: answer.overall.map((rate, place) => [
                names[place] ?? '',
                rate ? format.share(rate.value) : '—',
                intervalOf(rate, format),
              ]),
            }}
          />
        )}
      </Card>
      <Card
        title={t('cohortTable')}
        isPadded={false}
        foot={<span className="k-caption">{t('openNote')}</span>}
      >
        <RetentionTable answer={answer} unit={unit} onOpen={setAt} />
      </Card>
      {at && <CohortDrawer asked={asked} at={at} onClose={() => setAt(undefined)} />}
      <p className="k-caption">
        {t('basis', { count: format.count(answer.population), time: format.dateTime(answer.as_of) })}
      </p>
    </>
  );
}
