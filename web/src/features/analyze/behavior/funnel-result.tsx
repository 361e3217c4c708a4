/** How many came how far: a sentence, the bars, every figure with its interval, and the groups side by side. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FunnelOut } from '@/api/generated/types.gen';
import { Chart, type ChartColors, type ChartOption } from '@/components/chart/chart';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { EmptyState } from '@/components/states/empty-state';
import { type Format, useFormat } from '@/lib/format/use-format';
import { FunnelGroups } from './funnel-groups';
import { FunnelTable, intervalOf } from './funnel-table';
import { type Asked, type StepAt, takeTable } from './queries';

interface ResultProps {
  asked: Asked;
  answer: FunnelOut;
  onOpen: (at: StepAt) => void;
}

/** The place of the step before which most were lost, from 1; 0 where nobody was. */
export function greatestLoss(customers: readonly number[]): number {
  const lost = customers.map((count, place) => (place === 0 ? 0 : (customers[place - 1] ?? 0) - count));
  const most = Math.max(...lost);
  return most > 0 ? lost.indexOf(most) : 0;
}

function optionOf(
  answer: FunnelOut,
  names: readonly string[],
  format: Format,
  colors: ChartColors,
): ChartOption {
  const counts = answer.whole.steps.map((one) => one.customers);
  const marked = greatestLoss(counts);
  return {
    grid: { left: 8, right: 130, top: 8, bottom: 4, containLabel: true },
    tooltip: { show: false },
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: colors.lineSoft } },
      axisLabel: { color: colors.ink3, formatter: (value: number) => format.countShort(value) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...names],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.ink2, width: 150, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 26,
        data: counts.map((value, place) => ({
          value,
          itemStyle: { color: colors.series[place > 0 && place === marked ? 1 : 0] },
        })),
        label: {
          show: true,
          position: 'right',
          color: colors.ink2,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const step = answer.whole.steps[dataIndex];
            const rate = dataIndex === 0 ? '' : ` · ${format.share(step?.of_first?.value ?? null)}`;
            return `${format.countShort(step?.customers ?? 0)}${rate}`;
          },
        },
      },
    ],
  };
}

export function FunnelResult({ asked, answer, onOpen }: ResultProps) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const notify = useNotify();
  const { definition } = asked;
  const events = useMemo(
    () => (definition.steps as { event: string }[]).map(({ event }) => event),
    [definition],
  );
  const names = useMemo(() => events.map((event, place) => `${place + 1}. ${event}`), [events]);
  const steps = answer.whole.steps;
  const first = steps[0];
  const last = steps[steps.length - 1];
  const option = useMemo(
    () => (colors: ChartColors) => optionOf(answer, names, format, colors),
    [answer, names, format],
  );
  if (!first || !last || first.customers === 0) {
    return <EmptyState title={t('nobodyBegan')} text={t('nobodyBeganText')} />;
  }
  const lossAt = greatestLoss(steps.map((one) => one.customers));
  const csv = () =>
    void takeTable('funnels', asked, 'funnel.csv').then(() => notify.done(t('taken')), notify.failed);
  return (
    <>
      <Card
        title={t('finding', {
          first: format.count(first.customers),
          event: events[0],
          share: format.share(last.of_first?.value ?? null),
          last: events[events.length - 1],
        })}
        extra={
          <Button size="small" icon={<DownloadOutlined />} onClick={csv}>
            {t('csv')}
          </Button>
        }
      >
        <p className="k-caption">
          {[
            t('interval', { range: intervalOf(last.of_first, format) }),
            last.customers > 0 ? t('medianAll', { time: format.duration(answer.whole.median_seconds) }) : '',
            lossAt > 0 ? t('greatestLoss', { from: names[lossAt - 1], to: names[lossAt] }) : '',
          ]
            .filter(Boolean)
            .join('　')}
        </p>
        <Chart
          label={t('chart')}
          option={option}
          height={steps.length * 44 + 40}
          table={{
            head: [t('step'), t('customers'), t('ofFirst')],
            rows: steps.map((one, place) => [
              names[place] ?? '',
              format.count(one.customers),
              place === 0 ? '—' : format.share(one.of_first?.value ?? null),
            ]),
          }}
          onOpen={(row) => onOpen({ step: row + 1, which: 'reached' })}
        />
      </Card>
      <Card title={t('everyStep')} isPadded={false}>
        <FunnelTable names={names} steps={steps} onOpen={onOpen} />
      </Card>
      {answer.groups.length > 0 && <FunnelGroups answer={answer} />}
      <p className="k-caption">
        {t('basis', { count: format.count(answer.population), time: format.dateTime(answer.as_of) })}
      </p>
    </>
  );
}
