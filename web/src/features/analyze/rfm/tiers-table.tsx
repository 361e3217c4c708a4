/** 各层客户: how many customers and how much money each tier has, of all that the reader sees. */
import { useTranslation } from 'react-i18next';
import type { TierSizeOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './rfm.module.css';

function Share({ part, of, tone }: { part: number | null; of: number; tone: 'customers' | 'amount' }) {
  const { t } = useTranslation('rfm');
  if (part === null) return <span className="k-caption">{t('tooFew')}</span>;
  const share = of > 0 ? (100 * part) / of : 0;
  return (
    <span className={styles.share}>
      <span className={styles.track} aria-hidden>
        <span data-tone={tone} style={{ width: `${Math.max(0, Math.min(100, share))}%` }} />
      </span>
      <span className={styles.percent}>{share.toFixed(1)}%</span>
    </span>
  );
}

interface TiersTableProps {
  tiers: readonly TierSizeOut[];
  /** None in a draft, where nobody can be opened yet. */
  onOpen?: ((tier: string) => void) | undefined;
}

export function TiersTable({ tiers, onOpen }: TiersTableProps) {
  const { t } = useTranslation('rfm');
  const format = useFormat();
  const customers = tiers.reduce((sum, one) => sum + one.customers, 0);
  const amount = tiers.reduce((sum, one) => sum + Math.max(0, one.amount ?? 0), 0);
  return (
    <SmallTable label={t('tiersTitle')}>
      <thead>
        <tr>
          <th>{t('tier')}</th>
          <th style={{ textAlign: 'right' }}>{t('customers')}</th>
          <th>{t('shareOfCustomers')}</th>
          <th>{t('shareOfAmount')}</th>
          {onOpen && <th style={{ textAlign: 'right' }}>{t('perCustomer')}</th>}
        </tr>
      </thead>
      <tbody>
        {tiers.map((one) => {
          const count = format.count(one.customers);
          const name = inLanguage(one.name, format.language);
          const mean = one.amount !== null && one.customers > 0 ? one.amount / one.customers : null;
          return (
            <tr key={one.key} data-none={one.key === ''}>
              <td className="k-nowrap">{name}</td>
              <td style={{ textAlign: 'right' }}>
                {onOpen && one.customers > 0 ? (
                  <button
                    type="button"
                    className="k-plain-button k-link"
                    aria-label={t('openTier', { tier: name, count: one.customers })}
                    onClick={() => onOpen(one.key)}
                  >
                    {count}
                  </button>
                ) : (
                  count
                )}
              </td>
              <td>
                <Share part={one.customers} of={customers} tone="customers" />
              </td>
              <td>{one.key === '' ? '—' : <Share part={one.amount} of={amount} tone="amount" />}</td>
              {onOpen && (
                <td style={{ textAlign: 'right' }}>
                  {one.key === '' || mean === null ? '—' : format.amount(String(Math.round(mean)))}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </SmallTable>
  );
}
