/**
 * Dates and times. A DATE is text and is never shifted by a zone; an instant is shown in the business zone.
 * Nothing here reads the clock: whoever needs "now" passes it in.
 */
import type { Language } from '../language';
import { type Absent, MISSING } from './numbers';

export const BUSINESS_ZONE = 'Asia/Shanghai';
export type Instant = string | number | Date;

interface Parts {
  date: string;
  time: string;
  seconds: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: Instant, zone: string): Parts {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  const p = Object.fromEntries(formatter.formatToParts(new Date(instant)).map((x) => [x.type, x.value]));
  const year = (p.year ?? '').padStart(4, '0');
  return {
    date: `${year}-${p.month}-${p.day}`,
    time: `${p.hour}:${p.minute}`,
    seconds: `${p.hour}:${p.minute}:${p.second}`,
  };
}

/** 2026-11-24, from a DATE as it is, or from an instant in the business zone. */
export function formatDate(value: Instant | Absent, zone = BUSINESS_ZONE): string {
  if (value == null || value === '') return MISSING;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  return partsOf(value, zone).date;
}

/** 11-24: on axes alone, where the year stands beside it. */
export function formatAxisDate(value: Instant): string {
  return formatDate(value).slice(5);
}

/** 2026-11-24 08:40 */
export function formatDateTime(value: Instant | Absent, zone = BUSINESS_ZONE): string {
  if (value == null || value === '') return MISSING;
  const { date, time } = partsOf(value, zone);
  return `${date} ${time}`;
}

/** 2026-11-24 08:40:12, for what has legal weight; give `formatZone` as its title. */
export function formatLegalTime(value: Instant | Absent, zone = BUSINESS_ZONE): string {
  if (value == null || value === '') return MISSING;
  const { date, seconds } = partsOf(value, zone);
  return `${date} ${seconds}`;
}

/** UTC+08:00 Asia/Shanghai */
export function formatZone(value: Instant, zone = BUSINESS_ZONE): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(value))
    .find((part) => part.type === 'timeZoneName');
  return `${(name?.value ?? 'GMT').replace('GMT', 'UTC')} ${zone}`;
}

/** The day before a date; plain calendar arithmetic, free of any zone. */
function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** 42 秒前, 今天 08:12, 昨天 19:46, and from the day before the date. Never for consent or audit. */
export function formatNear(value: Instant | Absent, now: Instant, language: Language): string {
  if (value == null || value === '') return MISSING;
  const english = language === 'en';
  const seconds = Math.floor((new Date(now).getTime() - new Date(value).getTime()) / 1000);
  if (seconds >= 0 && seconds < 60) return english ? `${seconds} s ago` : `${seconds} 秒前`;
  if (seconds >= 60 && seconds < 3600) {
    const minutes = Math.floor(seconds / 60);
    return english ? `${minutes} min ago` : `${minutes} 分钟前`;
  }
  const then = partsOf(value, BUSINESS_ZONE);
  const today = partsOf(now, BUSINESS_ZONE).date;
  if (then.date === today) return `${english ? 'today' : '今天'} ${then.time}`;
  if (then.date === dayBefore(today)) return `${english ? 'yesterday' : '昨天'} ${then.time}`;
  return then.date;
}

/** 2026-08-10 至 11-24: the second year only where it differs. */
export function formatSpan(from: Instant, to: Instant, language: Language): string {
  const [start, end] = [formatDate(from), formatDate(to)];
  const short = start.slice(0, 4) === end.slice(0, 4) ? end.slice(5) : end;
  return language === 'en' ? `${start} to ${short}` : `${start} 至 ${short}`;
}

const STEPS = [
  { size: 86_400, zh: '天', en: 'd' },
  { size: 3600, zh: '小时', en: 'h' },
  { size: 60, zh: '分', en: 'min' },
  { size: 1, zh: '秒', en: 's' },
] as const;

/** 3 天 4 小时: the two largest units, no more. */
export function formatDuration(seconds: number | Absent, language: Language): string {
  if (seconds == null) return MISSING;
  const unit = (step: (typeof STEPS)[number]) => (language === 'en' ? step.en : step.zh);
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} ${unit(STEPS[3])}`;
  const whole = Math.round(seconds);
  const first = STEPS.findIndex((step) => whole >= step.size);
  let rest = whole;
  const words: string[] = [];
  for (const step of STEPS.slice(first, first + 2)) {
    const n = Math.floor(rest / step.size);
    rest -= n * step.size;
    if (n > 0) words.push(`${n} ${unit(step)}`);
  }
  return words.join(' ');
}

/** How many whole days lie between two dates of the business calendar. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.round((Date.parse(formatDate(to)) - Date.parse(formatDate(from))) / 86_400_000);
}
