/** A difference on its scale: a dot for its size, a line for the 95% interval, zero in the middle; and in words. */
import { useTranslation } from 'react-i18next';
import type { RateOut } from '@/api/generated/types.gen';
import styles from './profile.module.css';

const WIDTH = 160;
const HEIGHT = 16;
const SMALL = 0.2;
const MEDIUM = 0.5;
const LARGE = 0.8;

type Size = 'tiny' | 'small' | 'medium' | 'large';

/** Cohen's words for h and d. */
export function sizeOf(value: number): Size {
  const size = Math.abs(value);
  if (size >= LARGE) return 'large';
  if (size >= MEDIUM) return 'medium';
  return size >= SMALL ? 'small' : 'tiny';
}

interface MarkProps {
  effect: RateOut;
  /** The greatest that is drawn. */
  most: number;
  isSure: boolean;
  name: 'h' | 'd';
}

export function EffectMark({ effect, most, isSure, name }: MarkProps) {
  const { t } = useTranslation('behavior');
  const at = (value: number) => WIDTH / 2 + (Math.max(-most, Math.min(most, value)) / most) * (WIDTH / 2 - 4);
  const told = t('profile.effectText', {
    name,
    value: effect.value.toFixed(2),
    low: effect.low.toFixed(2),
    high: effect.high.toFixed(2),
  });
  return (
    <span className={styles.effect} title={told}>
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={told} data-sure={isSure}>
        <line className={styles.zero} x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
        <line
          className={styles.interval}
          x1={at(effect.low)}
          x2={at(effect.high)}
          y1={HEIGHT / 2}
          y2={HEIGHT / 2}
        />
        <circle className={styles.dot} cx={at(effect.value)} cy={HEIGHT / 2} r={4} />
      </svg>
      <span className="k-caption">
        {isSure ? t(`profile.sizes.${sizeOf(effect.value)}`) : t('profile.notSure')}
      </span>
    </span>
  );
}
