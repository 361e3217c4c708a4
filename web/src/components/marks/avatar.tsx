/** The round disc of a person: the first character of the name on one of six grounds. Beside the name, so silent to readers. */
import styles from './marks.module.css';

const HUES = 6;

/** The same person has the same hue on every page. */
export function hueOf(key: string | number): number {
  let sum = 0;
  for (const char of String(key)) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 100_003;
  return sum % HUES;
}

interface AvatarProps {
  name: string;
  /** Whatever stays the same for this person; his id, best. */
  hueKey?: string | number;
  size?: number;
}

export function Avatar({ name, hueKey = name, size = 28 }: AvatarProps) {
  const hue = hueOf(hueKey);
  const style = {
    width: size,
    height: size,
    fontSize: Math.max(12, Math.round(size * 0.43)),
    background: `var(--k-hue-${hue})`,
    color: `var(--k-hue-${hue}-text)`,
  };
  return (
    <span className={styles.avatar} style={style} aria-hidden>
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  );
}
