import { expect, test } from 'vitest';
import {
  formatAmount,
  formatAmountCell,
  formatAmountExact,
  formatChange,
  formatCount,
  formatCountShort,
  formatEstimate,
  formatForeign,
  formatPoints,
  formatShare,
  formatSize,
} from './numbers';

test('an amount reads in 万 and 亿, or in M and B', () => {
  expect(formatAmount('3862014.55', 'zh-CN')).toBe('386.2 万');
  expect(formatAmount(86_240_000_000, 'zh-CN')).toBe('862.4 亿');
  expect(formatAmount('3862014.55', 'en')).toBe('¥3.86M');
  expect(formatAmount(86_240_000_000, 'en')).toBe('¥86.2B');
  expect(formatAmount(8600, 'zh-CN')).toBe('8,600');
  expect(formatAmount(-925_000, 'zh-CN')).toBe('−92.5 万');
});

test('an amount that rounds up to the next unit takes that unit', () => {
  expect(formatAmount(99_999_999, 'zh-CN')).toBe('1.0 亿');
  expect(formatAmount(999_999, 'en')).toBe('¥1.00M');
});

test('an amount in a table leaves its unit to the head', () => {
  expect(formatAmountCell('3862000', 'zh-CN')).toBe('386.20');
  expect(formatAmountCell('3862000', 'en')).toBe('3.862');
});

test('an exact amount keeps every cent, however large', () => {
  expect(formatAmountExact('3862014.55')).toBe('¥3,862,014.55');
  expect(formatAmountExact('90071992547409931.23')).toBe('¥90,071,992,547,409,931.23');
  expect(formatAmountExact('-12.5')).toBe('−¥12.50');
});

test('another currency says what it is worth', () => {
  expect(formatForeign(12_000, 'USD', 86_000, 'zh-CN')).toBe('USD 12,000.00（约 8.6 万）');
  expect(formatForeign(12_000, 'USD', 86_000, 'en')).toBe('USD 12,000.00 (about ¥86k)');
});

test('a count is exact below 100,000 and short from there', () => {
  expect(formatCount(1_284_306)).toBe('1,284,306');
  expect(formatCountShort(99_999, 'zh-CN')).toBe('99,999');
  expect(formatCountShort(1_284_306, 'zh-CN')).toBe('128.4 万');
  expect(formatCountShort(1_284_306, 'en')).toBe('1.28M');
  expect(formatCountShort(0, 'en')).toBe('0');
});

test('an estimate has three digits', () => {
  expect(formatEstimate(12_812, 'zh-CN')).toBe('1.28 万');
  expect(formatEstimate(12_812, 'en')).toBe('12,800');
  expect(formatEstimate(12_000, 'zh-CN')).toBe('1.2 万');
  expect(formatEstimate(1_284_306, 'en')).toBe('1.28M');
  expect(formatEstimate(100_000_000, 'zh-CN')).toBe('1 亿');
  expect(formatEstimate(2_000_000, 'zh-CN')).toBe('200 万');
  expect(formatEstimate(37, 'zh-CN')).toBe('37');
});

test('shares and changes carry their sign as a shape', () => {
  expect(formatShare(0.246)).toBe('24.6%');
  expect(formatChange(-0.184)).toBe('▼ 18.4%');
  expect(formatChange(0.031)).toBe('▲ 3.1%');
  expect(formatChange(0)).toBe('0.0%');
  expect(formatPoints(0.29, 'zh-CN')).toBe('+29 个百分点');
  expect(formatPoints(-0.055, 'en')).toBe('−5.5 points');
});

test('what is unknown is a dash', () => {
  expect([formatAmount(null, 'en'), formatCount(undefined), formatShare(null), formatSize(null)]).toEqual([
    '—',
    '—',
    '—',
    '—',
  ]);
});

test('a file size has one decimal', () => {
  expect(formatSize(41_200_000)).toBe('41.2 MB');
  expect(formatSize(0)).toBe('0 B');
});
