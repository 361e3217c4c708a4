/** Groups side by side: how many began, and the share that came to the end, with a bar for the eye and its interval. */
import { useTranslation } from 'react-i18next';
import type { FunnelOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './behavior.module.css';
import { Rate } from './funnel-table';

export function FunnelGroups({ answer }: { answer: FunnelOut }) {
  const { t } = useTranslation('behavior');
  const format = useFormat();
  const ends = answer.groups.map((group) => group.steps[group.steps.length - 1]?.of_first?.value ?? 0);
  const most = Math.max(0.0001, ...ends);
  return (
    <Card title={t('groups')} isPadded={false}>
      <SmallTable label={t('groups')}>
        <thead>
          <tr>
            <th>{t('group')}</th>
            <th className={styles.figure}>{t('began')}</th>
            <th className={styles.figure}>{t('finished')}</th>
            <th>{t('conversion')}</th>
            <th aria-hidden className={styles.barHead} />
            <th>{t('medianWhole')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.groups.map((group, place) => {
            const last = group.steps[group.steps.length - 1];
            return (
              <tr key={group.key ?? ''}>
                <td>{inLanguage(group.label, format.language)}</td>
                <td className={styles.figure}>{format.count(group.steps[0]?.customers ?? 0)}</td>
                <td className={styles.figure}>{format.count(last?.customers ?? 0)}</td>
                <td>
                  <Rate rate={last?.of_first} />
                </td>
                <td aria-hidden>
                  {ends[place] ? (
                    <span className={styles.bar} style={{ width: `${(ends[place] / most) * 100}%` }} />
                  ) : null}
                </td>
                <td>{format.duration(group.median_seconds)}</td>
              </tr>
            );
          })}
        </tbody>
      </SmallTable>
      {answer.untold_groups > 0 && (
        <p className={`k-caption ${styles.under}`}>{t('untold', { count: answer.untold_groups })}</p>
      )}
    </Card>
  );
}
