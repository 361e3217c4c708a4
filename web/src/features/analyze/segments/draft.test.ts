import { expect, test } from 'vitest';
import { type Book, incomplete, newEvent, newField, newGroup, toDefinition } from './draft';

const label = { zh: '', en: '' };
const operator = (key: string, takes: string) => ({ key, label, kinds: [], takes, is_met_by_nothing: false });
const book: Book = {
  fields: new Map(),
  operators: new Map(
    (
      [
        ['gte', 'one'],
        ['between', 'two'],
        ['in', 'many'],
        ['empty', 'none'],
      ] as const
    ).map(([key, takes]) => [key, operator(key, takes)]),
  ),
};

test('complete conditions come to the JSON of their group, others are counted', () => {
  const field = (op: string | undefined, values: readonly (string | number)[]) => ({
    ...newField(),
    field: 'aum',
    op,
    values,
  });
  const groups = [
    { ...newGroup(), conditions: [field('gte', [0]), field('between', [1]), field('between', [1, 2])] },
    { ...newGroup(), mode: 'none' as const, conditions: [field('empty', []), field('in', [])] },
    { ...newGroup(), mode: 'any' as const, conditions: [field(undefined, [1])] },
  ];

  expect(toDefinition(groups, book)).toEqual({
    all: [
      {
        all: [
          { field: 'aum', op: 'gte', value: 0 },
          { field: 'aum', op: 'between', value: [1, 2] },
        ],
      },
      { not: { any: [{ field: 'aum', op: 'empty' }] } },
    ],
  });
  expect(incomplete(groups, book)).toBe(3);
});

test('an event is done so often, or not at all', () => {
  const event = { ...newEvent(), event: '登录', times: 2 };
  const group = {
    ...newGroup(),
    mode: 'any' as const,
    conditions: [event, { ...event, hasHappened: false, days: undefined }],
  };

  expect(toDefinition([group], book)).toEqual({
    all: [
      {
        any: [
          { event: '登录', times: { at_least: 2 }, within: { last_days: 90 } },
          { event: '登录', times: { exactly: 0 } },
        ],
      },
    ],
  });
});
