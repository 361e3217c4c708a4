/** Every formatter, bound to the reader's language. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toLanguage } from '../language';
import * as dates from './dates';
import * as numbers from './numbers';

function bind(language: ReturnType<typeof toLanguage>) {
  return {
    language,
    count: numbers.formatCount,
    countShort: (n: number | numbers.Absent) => numbers.formatCountShort(n, language),
    estimate: (n: number) => numbers.formatEstimate(n, language),
    amount: (n: numbers.Decimal | numbers.Absent) => numbers.formatAmount(n, language),
    amountCell: (n: numbers.Decimal | numbers.Absent) => numbers.formatAmountCell(n, language),
    amountUnit: numbers.amountUnit(language),
    amountExact: numbers.formatAmountExact,
    foreign: (amount: numbers.Decimal, currency: string, yuan: numbers.Decimal) =>
      numbers.formatForeign(amount, currency, yuan, language),
    share: numbers.formatShare,
    change: numbers.formatChange,
    points: (n: number | numbers.Absent) => numbers.formatPoints(n, language),
    size: numbers.formatSize,
    date: dates.formatDate,
    dateTime: dates.formatDateTime,
    legalTime: dates.formatLegalTime,
    zone: dates.formatZone,
    near: (value: dates.Instant | numbers.Absent, now: dates.Instant = new Date()) =>
      dates.formatNear(value, now, language),
    span: (from: dates.Instant, to: dates.Instant) => dates.formatSpan(from, to, language),
    duration: (seconds: number | numbers.Absent) => dates.formatDuration(seconds, language),
  };
}
export type Format = ReturnType<typeof bind>;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = toLanguage(i18n.language);
  return useMemo(() => bind(language), [language]);
}
