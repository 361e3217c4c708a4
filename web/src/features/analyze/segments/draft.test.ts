import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { OperatorOut, SegmentFieldOut, SegmentTraitOut } from '@/api/generated/types.gen';
import { type Book, type Json, newEvent, newField, newGroup, newProperty } from './builder/kinds';
import { fromDefinition, incomplete, partAt, toDefinition } from './draft';

/** Made from the server's schema by tests/architecture/test_segment_fixture.py. */
const documented: { operators: OperatorOut[]; examples: Record<string, Json[]> } = JSON.parse(
  readFileSync('fixtures/segment-definitions.json', 'utf8'),
);
const label = { zh: '', en: '' };
const operators = new Map(documented.operators.map((one) => [one.key, one]));

/** A book that knows what a definition names, each of a kind that its operators ask. */
function bookFor(...leaves: readonly Json[]): Book {
  const fields = new Map<string, SegmentFieldOut>();
  const traits = new Map<string, SegmentTraitOut>();
  for (const { field, trait, op } of leaves) {
    const kind = operators.get(String(op))?.kinds.find((one) => !trait || one !== 'code') ?? '';
    if (field) fields.set(String(field), { key: String(field), label, section: '', kind, codes: {} });
    if (trait) traits.set(String(trait), { key: String(trait), label, unit: '', kind, codes: {} });
  }
  return { fields, traits, operators, isRelated: true };
}

/** One way to write each meaning: what is said by default is said, and a group of one is its part. */
function meaning(json: Json): unknown {
  if ('not' in json) return ['not', meaning(json.not as Json)];
  for (const mode of ['all', 'any']) {
    if (!Array.isArray(json[mode])) continue;
    const parts = (json[mode] as Json[]).map(meaning);
    return parts.length === 1 ? parts[0] : [mode, ...parts];
  }
  const { zone: _, ...rest } = json;
  if ('event' in json) {
    const { exactly, at_least = exactly ?? 0, at_most = exactly } = (json.times ?? { at_least: 1 }) as Json;
    return { where: [], within: {}, ...rest, times: [at_least, at_most] };
  }
  return 'unit' in json ? { below: true, ...rest } : rest;
}

/** Numbers from 0 to 1 that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const of = (name: string) => documented.examples[name] ?? [];
const event = of('event')[0] as Json;
const leaves: Json[] = [
  ...[
    'field',
    'trait',
    'sequence',
    'unit',
    'may_reach',
    'segment',
    'list',
    'tag',
    'relationship',
    'event',
  ].flatMap(of),
  ...of('times').map((times) => ({ ...event, times })),
  ...[{ at_least: 2, at_most: 5 }, { at_most: 3 }, { at_most: 0 }].map((times) => ({ ...event, times })),
  ...of('window').map((within) => ({ ...event, within })),
  ...of('where').map((where) => ({ event: '转出', where: [where] })),
];

test('every documented condition comes back as what it was', () => {
  expect(leaves.length).toBeGreaterThan(60);
  for (const leaf of leaves) {
    const book = bookFor(leaf);
    const draft = fromDefinition(leaf, book);
    expect(draft && meaning(toDefinition(draft, book)), JSON.stringify(leaf)).toEqual(meaning(leaf));
    expect(draft && incomplete(draft, book)).toBe(0);
  }
});

test('trees of any shape come back as what they were, and no deeper than they were or a group in the outermost', () => {
  const draw = numbers(20_261_122);
  const pick = (from: readonly Json[]) => from[Math.floor(draw() * from.length)] as Json;
  const some = leaves.filter((leaf) => !('field' in leaf || 'trait' in leaf)).concat(of('field').slice(0, 1));
  const tree = (level: number): Json => {
    if (level === 0 || draw() < 0.3) return pick(some);
    const parts = Array.from({ length: 1 + Math.floor(draw() * 3) }, () => tree(level - 1));
    return pick([{ all: parts }, { any: parts }, { not: { any: parts } }, { not: parts[0] }]);
  };
  const depth = (json: Json): number =>
    1 + Math.max(0, ...[json.all, json.any, json.not].flat().map((one) => (one ? depth(one as Json) : 0)));
  for (let run = 0; run < 300; run++) {
    const given = { all: [tree(4)] };
    const book = bookFor(...some);
    const draft = fromDefinition(given, book);
    const back = draft && toDefinition(draft, book);
    expect(back && meaning(back), JSON.stringify(given)).toEqual(meaning(given));
    expect(depth(back as Json)).toBeLessThanOrEqual(Math.max(depth(given), 4));
  }
});

test('what cannot be shown is told, and everybody is an empty start', () => {
  const book = bookFor();
  for (const strange of [
    { any: [] },
    { all: [{ all: [] }, { unit: '571' }] },
    { all: [{ field: 'gone', op: 'is', value: 'x' }] },
    { all: [{ unit: '571', colour: 'red' }] },
    { all: [], any: [] },
    { moon: 'full' },
    'all',
  ]) {
    expect(fromDefinition(strange, book), JSON.stringify(strange)).toBeUndefined();
  }
  const everybody = fromDefinition({ all: [], zone: 'Asia/Urumqi' }, book);
  expect(everybody && toDefinition(everybody, book)).toEqual({ all: [], zone: 'Asia/Urumqi' });
});

test('what is not complete is left out and counted, and a place of the server finds its part', () => {
  const book = bookFor({ field: 'aum', op: 'gte' });
  const whole = { ...newField(), field: 'aum', op: 'gte', values: [0] };
  const half = { ...newField(), field: 'aum', op: 'between', values: [1] };
  const asked = { ...newEvent(), step: { id: 0, event: '登录', where: [newProperty()] } };
  const none = { ...newGroup([half, whole]), mode: 'none' as const };
  const draft = newGroup([newGroup([half, asked]), newGroup([half, whole, whole]), none]);

  expect(toDefinition(draft, book)).toEqual({
    all: [
      {
        all: [
          { field: 'aum', op: 'gte', value: 0 },
          { field: 'aum', op: 'gte', value: 0 },
        ],
      },
      { not: { field: 'aum', op: 'gte', value: 0 } },
    ],
  });
  expect(incomplete(draft, book)).toBe(4);
  expect(partAt(draft, book, 'all[0].all[1].value')).toBe(whole.id);
  expect(partAt(draft, book, 'all[1].op')).toBe(none.id);
  expect(partAt(draft, book, 'all[1].not.value')).toBe(whole.id);
  expect(partAt(draft, book, 'zone')).toBeUndefined();
});
