/** Key caps as the reader's machine names them. */
import { keyCaps } from '@/lib/keyboard/keys';
import styles from './marks.module.css';

/** `keys` as in a shortcut: `mod+k`, `g t`, `escape`. A chord reads with its first key first. */
export function Kbd({ keys }: { keys: string }) {
  const caps = keys.startsWith('mod+') && !keys.includes(' ') ? [keyCaps(keys).join(' ')] : keyCaps(keys);
  return (
    <span className={styles.keys}>
      {caps.map((cap) => (
        <kbd key={cap} className={styles.kbd}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
