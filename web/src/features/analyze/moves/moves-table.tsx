/** From which group (rows) to which (columns) customers moved between two days; each cell opens them. */
import { useMode } from '@/components/theme/theme-provider';
import { chartSequential } from '@/components/theme/tokens';
import { useFormat } from '@/lib/format/use-format';
import styles from './moves.module.css';

const INKS = { light: ['#1A2230', '#FFFFFF'], dark: ['#E7EAF0', '#12151B'] } as const;
const TURNS = { light: 3, dark: 4 } as const;

interface Move {
  before: string;
  after: string;
  customers: number;
  /** The share of the group before, where it is told. */
  rate?: number | null;
}

/** Alone, a number is named by what it counts; with its share beside it both are read, and what they are is told behind. */
const said = (words: string, rate: number | null) =>
  rate === null ? { 'aria-label': words } : { title: words };

interface MovesTableProps {
  label: string;
  /** What stands above the names of the rows. */
  corner: string;
  groups: readonly { key: string; name: string }[];
  moves: readonly Move[];
  nameOf: (before: string, after: string, count: number) => string;
  onOpen: (before: string, after: string) => void;
}

export function MovesTable({ label, corner, groups, moves, nameOf, onOpen }: MovesTableProps) {
  const { count: counted } = useFormat();
  const mode = useMode();
  const steps = chartSequential[mode];
  const moveOf = (before: string, after: string) =>
    moves.find((one) => one.before === before && one.after === after);
  const rest = moves
    .filter(({ before, after }) => before !== after && before !== '' && after !== '')
    .map((one) => one.customers);
  const most = Math.max(1, ...rest);
  return (
    <div className={styles.heat}>
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {groups.map((one) => (
              <th key={one.key} scope="col">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((before) => (
            <tr key={before.key}>
              <th scope="row">{before.name}</th>
              {groups.map((after) => {
                const { customers: count = 0, rate = null } = moveOf(before.key, after.key) ?? {};
                if (count === 0) return <td key={after.key}>{before.key || after.key ? '·' : ''}</td>;
                const isSame = before.key === after.key;
                const at = Math.min(steps.length - 1, Math.ceil((count / most) * steps.length) - 1); // from and to none may be many: they are the darkest at most
                const tone = isSame
                  ? {}
                  : { background: steps[at], color: INKS[mode][at >= TURNS[mode] ? 1 : 0] };
                return (
                  <td key={after.key}>
                    <button
                      type="button"
                      className="k-plain-button"
                      data-same={isSame}
                      style={tone}
                      {...said(nameOf(before.name, after.name, count), rate)}
                      onClick={() => onOpen(before.key, after.key)}
                    >
                      {counted(count)}
                      {rate !== null && <small>{(100 * rate).toFixed(rate < 0.1 ? 1 : 0)}%</small>}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
