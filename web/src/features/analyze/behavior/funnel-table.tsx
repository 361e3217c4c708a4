/** Every step with its shares and their intervals; who came so far and who stopped can be opened. */
import { useTranslation } from 'react-i18next';
import type { FunnelStepOut, RateOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { type Format, useFormat } from '@/lib/format/use-format';
import styles from './behavior.module.css';
import type { StepAt } from './queries';

export function intervalOf(rate: RateOut | null | undefined, format: Format): string {
  if (!rate) return '—';
  return `${format.share(rate.low)} – ${format.share(rate.high)}`;
}

export function Rate({ rate }: { rate: RateOut | null | undefined }) {
  const format = useFormat();
  if (!rate) return <>—</>;
  return (
    <>
      {format.share(rate.value)} <span className="k-caption">{intervalOf(rate, format)}</span>
    </>
  );
}

interface TableProps {
  names: readonly string[];
  steps: readonly FunnelStepOut[];
  onOpen: (at: StepAt) => void;
}

export function FunnelTable({ names, steps, onOpen }: TableProps) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  return (
    <SmallTable label={t('everyStep')}>
      <thead>
        <tr>
          <th>{t('step')}</th>
          <th className={styles.figure}>{t('customers')}</th>
          <th>{t('ofBefore')}</th>
          <th>{t('ofFirst')}</th>
          <th>{t('median')}</th>
          <th className={styles.figure}>{t('stopped')}</th>
          <th className={styles.figure} title={t('stillOpenHint')}>
            {t('stillOpen')}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((one, place) => {
          const next = steps[place + 1];
          const stopped = next ? one.customers - next.customers : 0;
          const name = names[place] ?? '';
          return (
            <tr key={name}>
              <td>{name}</td>
              <td className={styles.figure}>
                <button
                  type="button"
                  className="k-plain-button k-link"
                  aria-label={t('openReached', { step: name, count: format.count(one.customers) })}
                  onClick={() => onOpen({ step: place + 1, which: 'reached' })}
                >
                  {format.count(one.customers)}
                </button>
              </td>
              <td>
                <Rate rate={one.of_before} />
              </td>
              <td>
                <Rate rate={one.of_first} />
              </td>
              <td>{place === 0 ? '—' : format.duration(one.median_seconds)}</td>
              <td className={styles.figure}>
                {next && stopped > 0 ? (
                  <button
                    type="button"
                    className="k-plain-button k-link"
                    aria-label={t('openStopped', { step: name, count: format.count(stopped) })}
                    onClick={() => onOpen({ step: place + 1, which: 'stopped' })}
                  >
                    {format.count(stopped)}
                  </button>
                ) : (
                  '—'
                )}
              </td>
              <td className={styles.figure}>{next ? format.count(one.still_open) : '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </SmallTable>
  );
}
