/** 分层变化: from which tier (rows) to which (columns) customers moved between two days; each cell opens them. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelOut } from '@/api/generated/types.gen';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { MovesTable } from '../moves/moves-table';
import { type Days, movesQuery, type TierFigure } from './queries';
import styles from './rfm.module.css';

interface MovesCardProps {
  model: ModelOut;
  days: Days;
  onDays: (days: Days) => void;
  onOpen: (figure: TierFigure) => void;
}

export function MovesCard({ model, days, onDays, onOpen }: MovesCardProps) {
  const { t } = useTranslation('rfm');
  const { language } = useFormat();
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
            <MovesTable
              label={t('movesTitle')}
              corner={t('fromTo')}
              groups={[
                ...found.tiers.map((one) => ({ key: one.key, name: inLanguage(one.name, language) })),
                { key: '', name: t('none') },
              ]}
              moves={found.moves}
              nameOf={(before, after, count) => t('openMove', { before, after, count })}
              onOpen={(before, tier) => onOpen({ before, tier })}
            />
          )
        }
      </QueryView>
    </Card>
  );
}
