import { expect, test } from 'vitest';
import type { Why, WhyLink } from '@/api/generated/types.gen';
import { MOST, toGraph, WIDTH } from './graph';

const label = (zh: string) => ({ zh, en: zh });
const link = (id: string): WhyLink => ({
  record_id: id,
  source: { id: 1, name: '核心系统' },
  key: id,
  name: '沈静仪',
  reason: 'identifier',
  evidence: [],
  author: '',
  linked_at: '2026-11-22T00:00:00Z',
});
const edge = (one: string, other: string, ...shared: string[]) => ({ one, other, shared: shared.map(label) });

test('of records that all share a number, only a tree of ties carries words', () => {
  const why: Why = {
    links: ['a', 'b', 'c'].map(link),
    edges: [edge('a', 'b', '证件号码', '手机'), edge('a', 'c', '手机'), edge('b', 'c', '手机')],
  };
  const kinds = toGraph(why).ties.map((tie) => `${tie.from.link.key}${tie.to.link.key} ${tie.kind}`);
  expect(kinds).toEqual(['ab shared', 'ac further', 'bc shared']);
});

test('a record without a shared number is tied to the first as somebody decided', () => {
  const why: Why = { links: ['a', 'b', 'c'].map(link), edges: [edge('a', 'b', '手机')] };
  expect(toGraph(why).ties.at(-1)).toMatchObject({ kind: 'told', from: { link: { key: 'a' } } });
});

test('every record stands inside the drawing, and what is too many is counted', () => {
  const ids = Array.from({ length: 14 }, (_, i) => `r${i}`);
  const graph = toGraph({ links: ids.map(link), edges: [] });
  expect(graph.records).toHaveLength(MOST);
  expect(graph.left).toBe(4);
  for (const { x, y } of graph.records) {
    expect(x).toBeGreaterThan(20);
    expect(x).toBeLessThan(WIDTH - 20);
    expect(y).toBeLessThan(graph.height);
  }
});

test('a single record stands alone in the middle', () => {
  expect(toGraph({ links: [link('a')], edges: [] })).toMatchObject({ ties: [], records: [{ x: WIDTH / 2 }] });
});
