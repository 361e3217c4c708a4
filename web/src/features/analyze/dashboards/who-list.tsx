/** Customers as a card lists them: each with how often, and the way to his profile. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/marks/avatar';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { DrawnProps } from './axis-chart';
import styles from './dashboards.module.css';
import { valueAt } from './queries';

export function WhoList({ answer }: DrawnProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  return (
    <ul className={styles.people}>
      {answer.axis.map((mark) => {
        const name = inLanguage(mark.label, format.language);
        const times = valueAt(answer, mark.key, '')?.times ?? 0;
        return (
          <li key={mark.key}>
            <Avatar name={name} hueKey={mark.key} size={26} />
            <Link to="/customers/$id" params={{ id: mark.key }} className="k-grow k-small k-ellipsis">
              {name || t('nameless')}
            </Link>
            <span className="k-caption">{t('times', { count: times })}</span>
          </li>
        );
      })}
    </ul>
  );
}
