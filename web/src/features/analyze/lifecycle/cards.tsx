/** 阶段变化, 停留多久, 走势: how customers move between the stages, how long they stay, and how many there were. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelOut, StageName, StageStepOut } from '@/api/generated/types.gen';
import { Chart, type ChartColors, seriesStyle } from '@/components/chart/chart';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { MovesTable } from '../moves/moves-table';
import styles from './lifecycle.module.css';
import { type Days, movesQuery, type StageFigure, timesQuery, trendQuery } from './queries';

interface CardProps {
  model: ModelOut;
}

interface MovesCardProps extends CardProps {
  days: Days;
  onDays: (days: Days) => void;
  onOpen: (figure: StageFigure) => void;
}

export function MovesCard({ model, days, onDays, onOpen }: MovesCardProps) {
  const { t } = useTranslation('lifecycle');
  const { language } = useFormat();
  const query = useQuery(movesQuery(model.key, days, model.computed_at));
  const { first = query.data?.first ?? '', last = query.data?.last ?? '' } = days;
  const bounds = [
    { label: t('firstDay'), value: first, latest: last, put: (day: string) => onDays({ first: day, last }) },
    {
      label: t('lastDay'),
      value: last,
      earliest: first,
      latest: new Date().toLocaleDateString('sv-SE'),
      put: (day: string) => onDays({ first, last: day }),
    },
  ];
  return (
    <Card title={t('movesTitle')}>
      <p className="k-caption">{t('movesText')}</p>
      <div className={styles.days}>
        {bounds.map(({ label, put, ...rest }) => (
          <Field key={label} label={label}>
            {(control) => <DateInput {...control} {...rest} onChange={(day) => day && put(day)} />}
          </Field>
        ))}
      </div>
      <QueryView query={query}>
        {(found) =>
          found.moves.length === 0 ? (
            <p className="k-caption">{t('noMoves')}</p>
          ) : (
            <MovesTable
              label={t('movesTitle')}
              corner={t('fromTo')}
              groups={[
                ...found.stages.map((one) => ({ key: one.key, name: inLanguage(one.name, language) })),
                { key: '', name: t('none') },
              ]}
              moves={found.moves}
              nameOf={(before, after, count) => t('openMove', { before, after, count })}
              onOpen={(before, stage) => onOpen({ before, stage })}
            />
          )
        }
      </QueryView>
    </Card>
  );
}

export function TimesCard({ model }: CardProps) {
  const { t } = useTranslation('lifecycle');
  const { language, count } = useFormat();
  const query = useQuery(timesQuery(model.key, model.computed_at));
  const days = (value: number | null) => (value === null ? t('notYet') : t('days', { count: value }));
  return (
    <Card title={t('timesTitle')} foot={<span className="k-caption">{t('timesText')}</span>} isPadded={false}>
      <QueryView query={query}>
        {(found) => (
          <SmallTable label={t('timesTitle')}>
            <thead>
              <tr>
                {(['stage', 'quarter', 'half', 'threeQuarters', 'ended', 'goingOn'] as const).map((one) => (
                  <th key={one} style={one === 'stage' ? {} : { textAlign: 'right' }}>
                    {t(`times.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.map((one) => (
                <tr key={one.key}>
                  <td className="k-nowrap">{inLanguage(one.name, language)}</td>
                  {[
                    ['quarter', days(one.quarter)],
                    ['half', days(one.half)],
                    ['three', days(one.three_quarters)],
                    ['ended', count(one.ended)],
                    ['on', count(one.going_on)],
                  ].map(([key, text]) => (
                    <td key={key} style={{ textAlign: 'right' }}>
                      {text}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </SmallTable>
        )}
      </QueryView>
    </Card>
  );
}

function drawn(steps: readonly StageStepOut[], stages: readonly StageName[], names: readonly string[]) {
  return (colors: ChartColors) => ({
    grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colors.ink2 }, itemWidth: 12, itemHeight: 8 },
    tooltip: { trigger: 'axis' },
    xAxis: {
      type: 'category',
      data: steps.map((one) => one.day),
      axisLabel: { color: colors.ink2 },
      axisLine: { lineStyle: { color: colors.line } },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: colors.ink2 },
      splitLine: { lineStyle: { color: colors.lineSoft } },
    },
    series: stages.map((stage, place) => ({
      type: 'bar',
      stack: 'all',
      name: names[place],
      data: steps.map((one) => one.stages[stage.key] ?? 0),
      itemStyle: seriesStyle(colors, place),
      barMaxWidth: 36,
    })),
  });
}

export function TrendCard({ model }: CardProps) {
  const { t } = useTranslation('lifecycle');
  const { language, count } = useFormat();
  const query = useQuery(trendQuery(model.key, model.computed_at));
  const { stages } = model.definition as { stages: StageName[] };
  const names = stages.map((one) => inLanguage(one.name, language));
  return (
    <Card title={t('trendTitle')} foot={<span className="k-caption">{t('trendText')}</span>}>
      <QueryView query={query}>
        {(steps) => (
          <Chart
            label={t('trendTitle')}
            height={260}
            option={drawn(steps, stages, names)}
            table={{
              head: [t('day'), ...names],
              rows: steps.map((one) => [one.day, ...stages.map(({ key }) => count(one.stages[key] ?? 0))]),
            }}
          />
        )}
      </QueryView>
    </Card>
  );
}
