/** What a trial would do to customers, by masked samples: before and after, and those who would be new. */
import { ArrowRightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { Avatar } from '@/components/marks/avatar';
import { useFormat } from '@/lib/format/use-format';
import { useFieldName, useLabel } from '../labels';
import type { Created, Updated } from './summary';
import styles from './trial.module.css';

function Person({ name, id }: { name: string; id: string }) {
  const { t } = useTranslation('collect');
  return (
    <span className="k-row k-nowrap">
      <Avatar name={name} hueKey={id} size={24} />
      <b>{name || t('trial.noName')}</b>
    </span>
  );
}

export function UpdatedCard({ samples }: { samples: readonly Updated[] }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const label = useLabel();
  const people = new Set(samples.map(({ customer }) => customer)).size;
  return (
    <Card
      isPadded={false}
      title={t('trial.howUpdated')}
      extra={people > 0 && t('trial.sampleOf', { number: format.count(people) })}
    >
      {samples.length === 0 ? (
        <p className="k-small k-label" style={{ padding: 16 }}>
          {t('trial.noneUpdated')}
        </p>
      ) : (
        <SmallTable>
          <thead>
            <tr>
              <th>{t('trial.customer')}</th>
              <th>{t('trial.field')}</th>
              <th>{t('trial.now')}</th>
              <th aria-hidden style={{ width: 24 }} />
              <th>{t('trial.then')}</th>
            </tr>
          </thead>
          <tbody>
            {samples.map((sample, i) => (
              <tr key={`${sample.customer}|${sample.field}`}>
                <td>
                  {samples[i - 1]?.customer !== sample.customer && (
                    <Person name={sample.name} id={sample.customer} />
                  )}
                </td>
                <td className="k-nowrap">{label(sample.label)}</td>
                <td>{sample.before ? <span className={styles.before}>{label(sample.before)}</span> : '—'}</td>
                <td>
                  <ArrowRightOutlined aria-hidden style={{ color: 'var(--k-ink-3)', fontSize: 11 }} />
                </td>
                <td>
                  {sample.after ? (
                    <span className={styles.after}>{label(sample.after)}</span>
                  ) : (
                    <span className="k-label">{t('trial.cleared')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      )}
    </Card>
  );
}

const MOST_COLUMNS = 6;

/** The fields that most of the samples have, in the order in which the registry lists them. */
function columnsOf(samples: readonly Created[]): string[] {
  const counted = new Map<string, number>();
  for (const { values } of samples) {
    for (const [key, value] of Object.entries(values)) {
      counted.set(key, (counted.get(key) ?? 0) + (value ? 1 : 0));
    }
  }
  const often = [...counted].sort((a, b) => b[1] - a[1]).slice(0, MOST_COLUMNS);
  const kept = new Set(often.map(([key]) => key));
  return [...counted.keys()].filter((key) => kept.has(key));
}

export function CreatedCard({ samples }: { samples: readonly Created[] }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const label = useLabel();
  const fieldName = useFieldName();
  const columns = columnsOf(samples);
  return (
    <Card
      isPadded={false}
      title={t('trial.whoNew')}
      extra={samples.length > 0 && t('trial.sampleOf', { number: format.count(samples.length) })}
    >
      {samples.length === 0 ? (
        <p className="k-small k-label" style={{ padding: 16 }}>
          {t('trial.noneNew')}
        </p>
      ) : (
        <SmallTable>
          <thead>
            <tr>
              <th>{t('trial.customer')}</th>
              {columns.map((key) => (
                <th key={key}>{fieldName(key)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {samples.map((sample) => (
              <tr key={sample.customer}>
                <td>
                  <Person name={sample.name} id={sample.customer} />
                </td>
                {columns.map((key) => {
                  const value = sample.values[key];
                  return (
                    <td key={key} className="k-nowrap">
                      {value ? label(value) : '—'}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </SmallTable>
      )}
    </Card>
  );
}
