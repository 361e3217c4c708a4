/** Two measures on one axis of time, one chart above the other: what fell first is seen at a glance. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardAnswer } from '@/api/generated/types.gen';
import { Chart, type ChartColors, type ChartOption } from '@/components/chart/chart';
import { type Format, useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { DrawnProps } from './axis-chart';
import { stepName, written } from './figures';
import { valueAt } from './queries';

const PANEL = 120;
const GAP = 58;
const TOP = 30;

function optionOf(
  answer: CardAnswer,
  names: readonly string[],
  format: Format,
  colors: ChartColors,
): ChartOption {
  const labels = answer.series.map((one) => inLanguage(one.label, format.language));
  const tones = [colors.series[0], colors.series[1]];
  return {
    grid: answer.series.map((_, at) => ({
      left: 64,
      right: 24,
      top: TOP + at * (PANEL + GAP),
      height: PANEL,
    })),
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.ink },
    },
    xAxis: answer.series.map((_, at) => ({
      type: 'category',
      gridIndex: at,
      data: [...names],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: { show: at === answer.series.length - 1, color: colors.ink3 },
    })),
    yAxis: answer.series.map((one, at) => ({
      type: 'value',
      gridIndex: at,
      scale: true,
      name: labels[at],
      nameTextStyle: { color: colors.ink2, align: 'left', padding: [0, 0, 0, -56] },
      splitNumber: 3,
      splitLine: { lineStyle: { color: colors.lineSoft } },
      axisLabel: {
        color: colors.ink3,
        formatter: (held: number) =>
          answer.measures[one.key] === 'mean'
            ? held.toFixed(1)
            : written(held, answer.measures[one.key], format),
      },
    })),
    series: answer.series.map((one, at) => ({
      type: 'line',
      name: labels[at],
      xAxisIndex: at,
      yAxisIndex: at,
      connectNulls: true,
      symbolSize: 7,
      lineStyle: { width: 2, color: tones[at] },
      itemStyle: { color: tones[at] },
      tooltip: {
        valueFormatter: (held: unknown) =>
          typeof held === 'number' ? written(held, answer.measures[one.key], format) : '—',
      },
      data: answer.axis.map((mark) => valueAt(answer, mark.key, one.key)?.value ?? null),
    })),
  };
}

export function PairChart({ title, answer, question, onOpen }: DrawnProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const names = useMemo(
    () => answer.axis.map((mark) => stepName(mark.label.zh, question.span)),
    [answer, question],
  );
  const option = useMemo(
    () => (colors: ChartColors) => optionOf(answer, names, format, colors),
    [answer, names, format],
  );
  const rows = answer.axis.map((mark, at) => [
    names[at] ?? '',
    ...answer.series.map((one) =>
      written(valueAt(answer, mark.key, one.key)?.value, answer.measures[one.key], format),
    ),
  ]);
  const open = (row: number, place: number) => {
    const mark = answer.axis[row];
    const one = answer.series[place];
    if (mark && one) onOpen?.({ card: answer.key, x: mark.key, series: one.key });
  };
  return (
    <Chart
      label={title}
      option={option}
      table={{
        head: [t('item'), ...answer.series.map((one) => inLanguage(one.label, format.language))],
        rows,
      }}
      height={TOP + answer.series.length * (PANEL + GAP) - 20}
      onOpen={onOpen && open}
    />
  );
}
