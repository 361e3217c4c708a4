/** A definition while it is built: groups of conditions, some not complete yet; and the JSON that it comes to. */
import type { OperatorOut, SegmentFieldOut as SegmentField } from '@/api/generated/types.gen';

export type { SegmentField };
export type Mode = 'all' | 'any' | 'none';
export type Value = string | number | boolean;

export interface FieldDraft {
  id: number;
  kind: 'field';
  field?: string | undefined;
  op?: string | undefined;
  values: readonly (Value | undefined)[];
}

export interface EventDraft {
  id: number;
  kind: 'event';
  event?: string | undefined;
  hasHappened: boolean;
  times: number;
  /** `undefined` is at any time. */
  days?: number | undefined;
}

export type ConditionDraft = FieldDraft | EventDraft;

export interface GroupDraft {
  id: number;
  mode: Mode;
  conditions: readonly ConditionDraft[];
}

export interface Book {
  fields: ReadonlyMap<string, SegmentField>;
  operators: ReadonlyMap<string, OperatorOut>;
}

let last = 0;
const nextId = () => ++last;

export const newField = (): FieldDraft => ({ id: nextId(), kind: 'field', values: [] });
export const newEvent = (): EventDraft => ({
  id: nextId(),
  kind: 'event',
  hasHappened: true,
  times: 1,
  days: 90,
});
export const newGroup = (): GroupDraft => ({ id: nextId(), mode: 'all', conditions: [] });

type Json = Record<string, unknown>;

function fieldJson({ field, op, values }: FieldDraft, book: Book): Json | undefined {
  const takes = op === undefined ? undefined : book.operators.get(op)?.takes;
  if (field === undefined || takes === undefined) return undefined;
  if (takes === 'none') return { field, op };
  const given = values.filter((value): value is Value => value !== undefined && value !== '');
  if (given.length === 0 || (takes === 'two' && given.length < 2)) return undefined;
  return { field, op, value: takes === 'many' || takes === 'two' ? given : given[0] };
}

function eventJson({ event, hasHappened, times, days }: EventDraft): Json | undefined {
  if (!event) return undefined;
  const within = days === undefined ? {} : { within: { last_days: days } };
  return { event, times: hasHappened ? { at_least: times } : { exactly: 0 }, ...within };
}

const conditionJson = (one: ConditionDraft, book: Book) =>
  one.kind === 'field' ? fieldJson(one, book) : eventJson(one);

function groupJson({ mode, conditions }: GroupDraft, book: Book): Json | undefined {
  const parts = conditions.flatMap((one) => conditionJson(one, book) ?? []);
  if (parts.length === 0) return undefined;
  if (mode === 'none') return { not: { any: parts } };
  return { [mode]: parts };
}

/** What is complete, as the server takes it. */
export function toDefinition(groups: readonly GroupDraft[], book: Book): Json {
  return { all: groups.flatMap((group) => groupJson(group, book) ?? []) };
}

/** How many conditions are not complete. */
export function incomplete(groups: readonly GroupDraft[], book: Book): number {
  return groups.flatMap((group) => group.conditions).filter((one) => !conditionJson(one, book)).length;
}
