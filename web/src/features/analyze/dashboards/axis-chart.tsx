/** Lines, bars and stacked bars of a card, in the colours of the theme, with the same figures as a table. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardAnswer, MarkOut } from '@/api/generated/types.gen';
import { Chart, type ChartColors, type ChartOption, seriesStyle } from '@/components/chart/chart';
import { type Format, useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { stepName, written } from './figures';
import { type FigureAt, type Question, valueAt } from './queries';

export interface DrawnProps {
  title: string;
  answer: CardAnswer;
  question: Question;
  /** None where no customer stands behind the figures. */
  onOpen: ((figure: FigureAt) => void) | undefined;
}

interface Drawing {
  answer: CardAnswer;
  names: readonly string[];
  seriesNames: readonly string[];
  before: string;
  format: Format;
}

const LEGEND_FROM = 2;

function nameOf(mark: MarkOut, answer: CardAnswer, question: Question, format: Format): string {
  const label = inLanguage(mark.label, format.language);
  return answer.over === 'time' ? stepName(label, question.span) : label;
}

function seriesOf({ answer, seriesNames, before }: Drawing, colors: ChartColors): object[] {
  const isLine = answer.shape === 'line';
  const type = isLine ? 'line' : 'bar';
  const own = answer.series.map((one, at) => ({
    type,
    name: seriesNames[at],
    data: answer.axis.map((mark) => valueAt(answer, mark.key, one.key)?.value ?? (isLine ? 0 : null)),
    ...(isLine ? { symbolSize: 7, lineStyle: { width: 2 } } : { barMaxWidth: 22 }),
    ...(answer.shape === 'stacked' ? { stack: 'all' } : {}),
    ...(answer.series.length > colors.series.length ? { itemStyle: seriesStyle(colors, at) } : {}),
    ...(answer.shape === 'bar' && answer.series.length === 1
      ? { label: { show: true, position: 'right', color: colors.ink2, formatter: '{c}' } }
      : {}),
  }));
  const isCompared = isLine && answer.compared !== null && answer.series.length === 1;
  const key = answer.series[0]?.key ?? '';
  const earlier = {
    type: 'line',
    name: before,
    data: answer.axis.map((mark) => valueAt(answer, mark.key, key, 'before')?.value ?? 0),
    symbol: 'none',
    silent: true,
    lineStyle: { type: 'dashed', width: 1.5, color: colors.other },
    itemStyle: { color: colors.other },
  };
  return isCompared ? [...own, earlier] : own;
}

function optionOf(drawing: Drawing, colors: ChartColors): ChartOption {
  const { answer, names, format } = drawing;
  const measure = Object.values(answer.measures)[0];
  const short = (value: number) => (measure === 'mean' ? String(value) : written(value, measure, format));
  const category = {
    type: 'category',
    data: [...names],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.line } },
    axisLabel: { color: colors.ink2, width: 120, overflow: 'truncate' },
  };
  const value = {
    type: 'value',
    minInterval: measure === 'mean' ? 0 : 1,
    splitLine: { lineStyle: { color: colors.lineSoft } },
    axisLabel: { color: colors.ink3, formatter: short },
  };
  const series = seriesOf(drawing, colors).map((one) =>
    'label' in one
      ? {
          ...one,
          label: {
            ...(one.label as object),
            formatter: ({ value: held }: { value: number }) => written(held, measure, format),
          },
        }
      : one,
  );
  const isLying = answer.shape === 'bar';
  const hasLegend = series.length >= LEGEND_FROM;
  return {
    grid: { left: 8, right: isLying ? 48 : 16, top: hasLegend ? 34 : 12, bottom: 4, containLabel: true },
    ...(hasLegend
      ? { legend: { top: 0, left: 0, textStyle: { color: colors.ink2 }, itemWidth: 16, itemHeight: 8 } }
      : {}),
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.ink },
      valueFormatter: (held: unknown) => (typeof held === 'number' ? written(held, measure, format) : '—'),
    },
    xAxis: isLying ? value : category,
    yAxis: isLying ? { ...category, inverse: true } : value,
    series,
  };
}

export function AxisChart({ title, answer, question, onOpen }: DrawnProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const drawing = useMemo<Drawing>(
    () => ({
      answer,
      names: answer.axis.map((mark) => nameOf(mark, answer, question, format)),
      seriesNames: answer.series.map((one) => inLanguage(one.label, format.language) || t('period')),
      before: t('before'),
      format,
    }),
    [answer, question, format, t],
  );
  const option = useMemo(() => (colors: ChartColors) => optionOf(drawing, colors), [drawing]);
  const rows = answer.axis.map((mark, at) => [
    drawing.names[at] ?? '',
    ...answer.series.map((one) =>
      written(valueAt(answer, mark.key, one.key)?.value, answer.measures[one.key], format),
    ),
  ]);
  const open = (row: number, place: number) => {
    const mark = answer.axis[row];
    const one = answer.series[place];
    if (mark && one) onOpen?.({ card: answer.key, x: mark.key, series: one.key });
  };
  const lines = answer.axis.length * Math.max(1, answer.series.length);
  return (
    <Chart
      label={title}
      option={option}
      table={{ head: [t('item'), ...drawing.seriesNames], rows }}
      height={answer.shape === 'bar' ? Math.max(120, lines * 30 + 40) : 240}
      onOpen={onOpen && open}
    />
  );
}
