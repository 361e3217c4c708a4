/**
 * Numbers as each language groups them: 万 and 亿 in Chinese, k, M and B in English.
 * Pure; components take the same functions, bound to the reader's language, from `useFormat`.
 */
import type { Language } from '../language';

/** A decimal travels as text, so that no cent is lost on the way. */
export type Decimal = number | string;
export type Absent = null | undefined;

export const MISSING = '—';
const MINUS = '−';

interface Unit {
  size: number;
  mark: string;
}
const UNITS: Record<Language, readonly Unit[]> = {
  'zh-CN': [
    { size: 1e8, mark: ' 亿' },
    { size: 1e4, mark: ' 万' },
  ],
  en: [
    { size: 1e9, mark: 'B' },
    { size: 1e6, mark: 'M' },
    { size: 1e3, mark: 'k' },
  ],
};

const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

function fixed(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Three significant digits, as prices and estimates are read. */
function threeDigits(value: number): string {
  return fixed(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

function withUnit(size: number, language: Language, write: (scaled: number) => string): string {
  for (const unit of UNITS[language]) {
    const text = write(size / unit.size);
    if (Number(text.replaceAll(',', '')) >= 1) return text + unit.mark;
  }
  return plain.format(Math.round(size));
}

function signed(value: number, write: (size: number) => string): string {
  return value < 0 ? MINUS + write(-value) : write(value);
}

/** 1,754: exact, for tables and wherever somebody may add up. */
export function formatCount(count: number | Absent): string {
  return count == null ? MISSING : signed(count, (n) => plain.format(n));
}

/** 128.4 万, 1.28M: from 100,000 on, for cards and sentences. Give the exact count as its title. */
export function formatCountShort(count: number | Absent, language: Language): string {
  if (count == null) return MISSING;
  if (Math.abs(count) < 100_000) return formatCount(count);
  const write = language === 'en' ? threeDigits : (n: number) => fixed(n, 1);
  return signed(count, (n) => withUnit(n, language, write));
}

/** 1.28 万, 12,800: three digits and no more, since the rest of an estimate is noise. */
export function formatEstimate(count: number, language: Language): string {
  const rounded = count < 1000 ? count : Number(count.toPrecision(3));
  if (language === 'en' ? rounded < 1_000_000 : rounded < 10_000) return plain.format(rounded);
  return withUnit(rounded, language, (n) =>
    threeDigits(n)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, ''),
  );
}

/** 386.2 万, ¥3.86M: an amount of yuan in text or on a card. */
export function formatAmount(yuan: Decimal | Absent, language: Language): string {
  if (yuan == null || yuan === '') return MISSING;
  const sign = language === 'en' ? '¥' : '';
  const write = language === 'en' ? threeDigits : (n: number) => fixed(n, 1);
  return signed(Number(yuan), (n) => sign + withUnit(n, language, write));
}

/** 386.20, 3.862: an amount in a table, whose head carries `amountUnit`. */
export function formatAmountCell(yuan: Decimal | Absent, language: Language): string {
  if (yuan == null || yuan === '') return MISSING;
  return signed(Number(yuan), (n) => (language === 'en' ? fixed(n / 1e6, 3) : fixed(n / 1e4, 2)));
}

export function amountUnit(language: Language): string {
  return language === 'en' ? '¥M' : '万元';
}

/** ¥3,862,014.55: to the cent, for hover, copy and export. */
export function formatAmountExact(amount: Decimal | Absent, currency = 'CNY'): string {
  if (amount == null || amount === '') return MISSING;
  const text = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
    amount as Intl.StringNumericLiteral,
  );
  const negative = text.startsWith('-');
  const sign = currency === 'CNY' ? '¥' : `${currency} `;
  return `${negative ? MINUS : ''}${sign}${negative ? text.slice(1) : text}`;
}

/** USD 12,000.00（约 8.6 万）: another currency, with what it is worth in yuan. */
export function formatForeign(amount: Decimal, currency: string, yuan: Decimal, language: Language): string {
  const worth = formatAmount(yuan, language).replace(/\.0(?=[kMB])/, '');
  const exact = formatAmountExact(amount, currency);
  return language === 'en' ? `${exact} (about ${worth})` : `${exact}（约 ${worth}）`;
}

/** 24.6%, of a share between 0 and 1. */
export function formatShare(share: number | Absent, digits = 1): string {
  return share == null ? MISSING : signed(share, (n) => `${fixed(n * 100, digits)}%`);
}

/** ▲ 3.1%, ▼ 18.4%: movement has a direction and no colour. */
export function formatChange(share: number | Absent, digits = 1): string {
  if (share == null) return MISSING;
  const size = `${fixed(Math.abs(share) * 100, digits)}%`;
  return Number.parseFloat(size) === 0 ? size : `${share > 0 ? '▲' : '▼'} ${size}`;
}

/** +29 个百分点: a difference of two shares. */
export function formatPoints(difference: number | Absent, language: Language): string {
  if (difference == null) return MISSING;
  const points = Math.round(difference * 1000) / 10;
  const size = `${points < 0 ? MINUS : '+'}${plain.format(Math.abs(points))}`;
  return language === 'en' ? `${size} points` : `${size} 个百分点`;
}

const SIZES = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** 41.2 MB, of a number of bytes. */
export function formatSize(bytes: number | Absent): string {
  if (bytes == null) return MISSING;
  const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return `${fixed(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${SIZES[step]}`;
}
