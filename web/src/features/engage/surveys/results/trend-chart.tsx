/** A measure over time, with the band of its 95 % interval. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointOut } from '@/api/generated/types.gen';
import { Chart, type ChartColors } from '@/components/chart/chart';
import { useFormat } from '@/lib/format/use-format';
import type { Step } from '../queries';
import { measureText } from './figures';

interface TrendChartProps {
  points: readonly PointOut[];
  measure: string;
  step: Step;
}

export function TrendChart({ points, measure, step }: TrendChartProps) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const option = useCallback(
    (colors: ChartColors) => {
      const value = (of: (point: PointOut) => number) => points.map((point) => Number(of(point).toFixed(2)));
      const low = ({ estimate }: PointOut) => estimate.low ?? estimate.value;
      const high = ({ estimate }: PointOut) => estimate.high ?? estimate.value;
      const line = {
        type: 'line',
        symbol: 'none',
        stack: 'band',
        stackStrategy: 'all',
        lineStyle: { opacity: 0 },
      };
      return {
        grid: { left: 48, right: 24, top: 16, bottom: 32 },
        tooltip: {
          trigger: 'axis',
          formatter: (shown: { dataIndex: number }[]) => {
            const point = points[shown[0]?.dataIndex ?? 0];
            if (!point) return '';
            const { estimate } = point;
            const interval =
              estimate.low === null || estimate.high === null
                ? ''
                : `<br>${measureText(estimate.low, measure)} – ${measureText(estimate.high, measure)}`;
            return `${point.key}<br><b>${measureText(estimate.value, measure)}</b>${interval}<br>n = ${estimate.count}`;
          },
        },
        xAxis: {
          type: 'category',
          data: points.map(({ key }) => (step === 'month' ? key.slice(0, 7) : key.slice(5))),
          axisLine: { lineStyle: { color: colors.line } },
          axisTick: { show: false },
          axisLabel: { color: colors.ink3 },
        },
        yAxis: {
          type: 'value',
          scale: true,
          axisLabel: { color: colors.ink3 },
          splitLine: { lineStyle: { color: colors.lineSoft } },
        },
        series: [
          { ...line, data: value(low) },
          {
            ...line,
            data: value((point) => high(point) - low(point)),
            areaStyle: { color: colors.series[0], opacity: 0.14 },
          },
          {
            type: 'line',
            data: value(({ estimate }) => estimate.value),
            symbolSize: 7,
            symbol: 'circle',
            lineStyle: { color: colors.series[0], width: 2 },
            itemStyle: { color: colors.series[0] },
          },
        ],
      };
    },
    [points, measure, step],
  );
  const rows = points.map(({ key, estimate }) => [
    key,
    measureText(estimate.value, measure),
    estimate.low === null || estimate.high === null
      ? '—'
      : `${measureText(estimate.low, measure)} – ${measureText(estimate.high, measure)}`,
    format.count(estimate.count),
  ]);
  return (
    <Chart
      label={t('trendLabel', { measure: measure.toUpperCase(), number: points.length })}
      option={option}
      table={{ head: [t('period'), measure.toUpperCase(), t('interval95'), t('answers')], rows }}
    />
  );
}
