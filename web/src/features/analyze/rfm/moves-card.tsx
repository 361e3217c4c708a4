/** 分层变化: from which tier (rows) to which (columns) customers moved between two days; each cell opens them. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelOut, RfmMoves } from '@/api/generated/types.gen';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { useMode } from '@/components/theme/theme-provider';
import { chartSequential } from '@/components/theme/tokens';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { type Days, movesQuery, type TierFigure } from './queries';
import styles from './rfm.module.css';

const INKS = { light: ['#1A2230', '#FFFFFF'], dark: ['#E7EAF0', '#12151B'] } as const;
const TURNS = { light: 3, dark: 4 } as const;

interface TableProps {
  found: RfmMoves;
  onOpen: (figure: TierFigure) => void;
}

function MovesTable({ found, onOpen }: TableProps) {
  const { t } = useTranslation('rfm');
  const { language, count: counted } = useFormat();
  const mode = useMode();
  const steps = chartSequential[mode];
  const tiers = [
    ...found.tiers.map((one) => ({ key: one.key, name: inLanguage(one.name, language) })),
    { key: '', name: t('none') },
  ];
  const countOf = (before: string, after: string) =>
    found.moves.find((one) => one.before === before && one.after === after)?.customers ?? 0;
  const rest = found.moves.filter((one) => one.before !== one.after).map((one) => one.customers);
  const most = Math.max(1, ...rest);
  return (
    <div className={styles.heat}>
      <table aria-label={t('movesTitle')}>
        <thead>
          <tr>
            <th scope="col">{t('fromTo')}</th>
            {tiers.map((one) => (
              <th key={one.key} scope="col">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tiers.map((before) => (
            <tr key={before.key}>
              <th scope="row">{before.name}</th>
              {tiers.map((after) => {
                const count = countOf(before.key, after.key);
                if (count === 0) return <td key={after.key}>{before.key || after.key ? '·' : ''}</td>;
                const isSame = before.key === after.key;
                const at = Math.min(steps.length - 1, Math.ceil((count / most) * steps.length) - 1);
                const tone = isSame
                  ? {}
                  : { background: steps[at], color: INKS[mode][at >= TURNS[mode] ? 1 : 0] };
                return (
                  <td key={after.key}>
                    <button
                      type="button"
                      className="k-plain-button"
                      data-same={isSame}
                      style={tone}
                      aria-label={t('openMove', { before: before.name, after: after.name, count })}
                      onClick={() => onOpen({ before: before.key, tier: after.key })}
                    >
                      {counted(count)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface MovesCardProps {
  model: ModelOut;
  days: Days;
  onDays: (days: Days) => void;
  onOpen: (figure: TierFigure) => void;
}

export function MovesCard({ model, days, onDays, onOpen }: MovesCardProps) {
  const { t } = useTranslation('rfm');
  const query = useQuery(movesQuery(model.key, days, model.computed_at));
  const { first = query.data?.first ?? '', last = query.data?.last ?? '' } = days;
  return (
    <Card title={t('movesTitle')}>
      <p className="k-caption">{t('movesText')}</p>
      <div className={styles.days}>
        <Field label={t('firstDay')}>
          {(control) => (
            <DateInput
              {...control}
              value={first}
              latest={last}
              onChange={(day) => day && onDays({ first: day, last })}
            />
          )}
        </Field>
        <Field label={t('lastDay')}>
          {(control) => (
            <DateInput
              {...control}
              value={last}
              earliest={first}
              latest={new Date().toLocaleDateString('sv-SE')}
              onChange={(day) => day && onDays({ first, last: day })}
            />
          )}
        </Field>
      </div>
      <QueryView query={query}>
        {(found) =>
          found.moves.length === 0 ? (
            <p className="k-caption">{t('noMoves')}</p>
          ) : (
            <MovesTable found={found} onOpen={onOpen} />
          )
        }
      </QueryView>
    </Card>
  );
}
