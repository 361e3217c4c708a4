/** How sure a proposal is: three bars and the word, since colour alone says nothing. */
import { useTranslation } from 'react-i18next';
import styles from './mapping.module.css';

const LEVELS = { high: 3, medium: 2, low: 1 } as const;
type Level = keyof typeof LEVELS;
const BARS = [1, 2, 3] as const;

const isLevel = (text: string): text is Level => text in LEVELS;

export function Certainty({ certainty }: { certainty: string }) {
  const { t } = useTranslation('collect');
  if (!isLevel(certainty)) return <span className="k-caption">—</span>;
  const level = LEVELS[certainty];
  return (
    <span className={styles.certainty}>
      <span className={styles.bars} data-tone={level === 3 ? 'success' : 'warning'} aria-hidden>
        {BARS.map((bar) => (
          <span key={bar} data-on={bar <= level} />
        ))}
      </span>
      <span className={level === 3 ? 'k-label' : 'k-warning'}>{t(`certainty.${certainty}`)}</span>
    </span>
  );
}
