/**
 * A chart in the colours of the theme, and the same figures as a table, for whoever cannot see it or wants the numbers.
 * `option` is ECharts' own; colours come from `chartColors`, so that a chart never names a hex value.
 */
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SmallTable } from '@/components/layout/small-table';
import { useMode } from '@/components/theme/theme-provider';
import { chartOther, chartSeries, font, type Mode, palette } from '@/components/theme/tokens';
import { MISSING } from '@/lib/format/numbers';
import styles from './chart.module.css';

export type ChartOption = EChartsCoreOption;

export interface ChartTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

interface ChartProps {
  /** What the chart shows, as a sentence. */
  label: string;
  option: (colors: ChartColors) => ChartOption;
  table: ChartTable;
  /** In pixels. */
  height?: number;
  /** Asked who stands behind a figure: by its row, and its place in the row behind the name, both from 0. */
  onOpen?: ((row: number, place: number) => void) | undefined;
}

export function chartColors(mode: Mode) {
  const { ink, ink2, ink3, line, lineSoft, surface } = palette[mode];
  return { series: chartSeries[mode], other: chartOther[mode], ink, ink2, ink3, line, lineSoft, surface };
}

/** The colour of a series by its place; when there are no more colours, those from the first on with stripes. */
export function seriesStyle(colors: ChartColors, place: number) {
  const color = colors.series[place % colors.series.length];
  if (place < colors.series.length) return { color };
  const stripes = {
    symbol: 'rect',
    dashArrayX: [1, 0],
    dashArrayY: [3, 4],
    rotation: 0.8,
    color: colors.surface,
  };
  return { color, decal: stripes };
}

/** What a sheet of A4 leaves inside a card, in pixels. A printer asks at once, so that nothing that is watched comes in time. */
const ON_PAPER = 660;
export type ChartColors = ReturnType<typeof chartColors>;

function useDrawing(option: ChartOption, isShown: boolean, onOpen: ChartProps['onOpen']) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const open = useRef(onOpen);
  open.current = onOpen;
  useEffect(() => {
    let isGone = false;
    const watch = new ResizeObserver(() => chart.current?.resize());
    const toPaper = () => chart.current?.resize({ width: ON_PAPER });
    const toScreen = () => chart.current?.resize({ width: 'auto' });
    window.addEventListener('beforeprint', toPaper);
    window.addEventListener('afterprint', toScreen);
    void import('./echarts').then(({ init }) => {
      if (isGone || !box.current || !isShown) return;
      chart.current = init(box.current, undefined, { renderer: 'svg' });
      chart.current.setOption(option, { notMerge: true });
      chart.current.on('click', ({ dataIndex, seriesIndex }) => {
        if (seriesIndex !== undefined) open.current?.(dataIndex, seriesIndex);
      });
      watch.observe(box.current);
    });
    return () => {
      isGone = true;
      watch.disconnect();
      window.removeEventListener('beforeprint', toPaper);
      window.removeEventListener('afterprint', toScreen);
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, [option, isShown]);
  return box;
}

export function Chart({ label, option, table, height = 240, onOpen }: ChartProps) {
  const { t } = useTranslation();
  const mode = useMode();
  const [isTable, setTable] = useState(false);
  const drawn = useMemo<ChartOption>(() => {
    const colors = chartColors(mode);
    const text = { color: colors.ink2, fontFamily: font.sans, fontSize: 12 };
    return { animation: false, textStyle: text, color: [...colors.series], ...option(colors) };
  }, [mode, option]);
  const box = useDrawing(drawn, !isTable, onOpen);
  return (
    <figure className={styles.figure}>
      {isTable ? (
        <SmallTable label={label} rowHeight={34}>
          <thead>
            <tr>
              {table.head.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, line) => (
              <tr key={row.join('|')}>
                {row.map((cell, at) => (
                  <td key={table.head[at]}>
                    {onOpen && at > 0 && cell !== MISSING ? (
                      <button
                        type="button"
                        className="k-plain-button k-link"
                        onClick={() => onOpen(line, at - 1)}
                      >
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </SmallTable>
      ) : (
        <div ref={box} role="img" aria-label={label} style={{ height }} />
      )}
      <button type="button" className="k-plain-button k-link k-small" onClick={() => setTable(!isTable)}>
        {t(isTable ? 'chart.asChart' : 'chart.asTable')}
      </button>
    </figure>
  );
}
