/** How many remain at a part: the number, and how long it is beside everybody whom the purpose may take. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import styles from './preview.module.css';
import type { Remains } from './steps';

interface RemainingProps {
  id: number;
  remains: Remains | undefined;
  /** Who meets it is taken away. */
  isTaken?: boolean;
  /** At the head of a group: without a bar, and louder. */
  isHead?: boolean;
}

export function Remaining({ id, remains, isTaken = false, isHead = false }: RemainingProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const count = remains?.counts.get(id);
  if (remains === undefined || count === undefined) return <span className={styles.remaining} />;
  const shown = `${isTaken && count > 0 ? '−' : ''}${format.count(count)}`;
  if (isHead) return <b className={styles.headCount}>{t('preview.people', { number: shown })}</b>;
  const width = remains.of > 0 ? (count / remains.of) * 100 : 0;
  return (
    <span className={styles.remaining}>
      <span>{shown}</span>
      <span className={styles.meter} aria-hidden>
        {count > 0 && <span style={{ width: `${width}%` }} />}
      </span>
    </span>
  );
}
