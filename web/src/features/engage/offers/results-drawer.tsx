/** What an offer came to: who saw it, wanted it, took it, beside those from whom it was held back; and by unit. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { IntervalOut, OfferOut, OfferResults } from '@/api/generated/types.gen';
import { SideDrawer } from '@/components/layout/side-drawer';
import { SmallTable } from '@/components/layout/small-table';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './offers.module.css';
import { resultsQuery } from './queries';

function Rates({ results }: { results: OfferResults }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const { total, rate, held_rate: held, uplift, within_days: days } = results;
  const line = (label: string, one: IntervalOut, note: string) => (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{format.share(one.value)}</b>
      </dd>
      <dd className="k-caption" style={{ gridColumn: '1 / -1' }}>
        {t('interval', { low: format.share(one.low), high: format.share(one.high) })}
        {note && `　${note}`}
      </dd>
    </div>
  );
  const outOf = (number: number, of: number) =>
    t('outOf', { number: format.count(number), of: format.count(of) });
  return (
    <div>
      <dl className={styles.rates}>
        {rate && line(t('rate'), rate, outOf(total.taken, total.shown))}
        {held && line(t('heldRate'), held, outOf(total.held_taken, total.held))}
        {uplift && line(t('uplift'), uplift, '')}
      </dl>
      <p className="k-caption">
        {t('within', { days })}
        {!held && ` ${t('noneHeld')}`}
      </p>
    </div>
  );
}

function Units({ results }: { results: OfferResults }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const columns = ['shown', 'interested', 'accepted', 'declined'] as const;
  return (
    <SmallTable label={t('results')}>
      <thead>
        <tr>
          <th>{t('unit')}</th>
          {columns.map((name) => (
            <th key={name} className={styles.number}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {results.units.map((one) => (
          <tr key={one.unit}>
            <td>{one.unit}</td>
            {columns.map((name) => (
              <td key={name} className={styles.number}>
                {format.count(one[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

interface ResultsDrawerProps {
  offer: OfferOut;
  onEdit: (() => void) | undefined;
  onClose: () => void;
}

export function ResultsDrawer({ offer, onEdit, onClose }: ResultsDrawerProps) {
  const { t } = useTranslation('offers');
  const { language } = useFormat();
  const query = useQuery(resultsQuery(offer.key));
  return (
    <SideDrawer
      isOpen
      size="wide"
      onClose={onClose}
      title={inLanguage(offer.name, language)}
      extra={onEdit && <Button onClick={onEdit}>{t('edit')}</Button>}
    >
      <div className="k-stack" style={{ gap: 16 }}>
        {offer.fault && <Note tone="warning">{inLanguage(offer.fault, language)}</Note>}
        <p>{inLanguage(offer.reason, language)}</p>
        <h2 className="k-strong">{t('results')}</h2>
        <QueryView query={query}>
          {(results) =>
            results.units.length === 0 ? (
              <p className="k-caption">{t('noResults')}</p>
            ) : (
              <>
                <Rates results={results} />
                <Units results={results} />
              </>
            )
          }
        </QueryView>
      </div>
    </SideDrawer>
  );
}
