/** A table whose cells are the darker the more they hold: it is its own table view, and every cell opens its customers. */
import { useTranslation } from 'react-i18next';
import { useMode } from '@/components/theme/theme-provider';
import { chartSequential } from '@/components/theme/tokens';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { DrawnProps } from './axis-chart';
import styles from './dashboards.module.css';
import { stepName, written } from './figures';
import { valueAt } from './queries';

/** The ink on a shade: the second from the turn on. */
export const INKS = { light: ['#1A2230', '#FFFFFF'], dark: ['#E7EAF0', '#12151B'] } as const;
export const TURNS = { light: 3, dark: 4 } as const;

export function HeatTable({ title, answer, question, onOpen }: DrawnProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const mode = useMode();
  const steps = chartSequential[mode];
  const most = Math.max(1, ...answer.points.map((point) => point.value ?? 0));
  const tone = (value: number) => Math.min(steps.length - 1, Math.ceil((value / most) * steps.length) - 1);
  return (
    <div className={styles.heat}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('unit')}</th>
            {answer.axis.map((mark) => (
              <th key={mark.key} scope="col">
                {stepName(mark.label.zh, question.span)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.series.map((row) => (
            <tr key={row.key}>
              <th scope="row">{inLanguage(row.label, format.language)}</th>
              {answer.axis.map((mark) => {
                const value = valueAt(answer, mark.key, row.key)?.value;
                if (!value) return <td key={mark.key}>—</td>;
                const at = tone(value);
                const color = INKS[mode][at >= TURNS[mode] ? 1 : 0];
                return (
                  <td key={mark.key}>
                    <button
                      type="button"
                      className="k-plain-button"
                      style={{ background: steps[at], color }}
                      onClick={() => onOpen?.({ card: answer.key, x: mark.key, series: row.key })}
                    >
                      {written(value, 'customers', format)}
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
