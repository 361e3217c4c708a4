/** Measures as people read them: NPS without a sign of per cent, shares with one, means with two decimals. */
import { useTranslation } from 'react-i18next';
import type { EstimateOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';

export function measureText(value: number, kind: string): string {
  if (kind === 'nps') return value.toFixed(1);
  if (kind === 'csat') return `${value.toFixed(1)}%`;
  return value.toFixed(2);
}

export function useFigures() {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  return {
    value: measureText,
    interval: ({ low, high, count }: EstimateOut, kind: string) =>
      low === null || high === null
        ? t('basis', { count: format.count(count) })
        : t('interval', {
            low: measureText(low, kind),
            high: measureText(high, kind),
            count: format.count(count),
          }),
  };
}
