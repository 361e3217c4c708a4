/** From what is built to the JSON of it: only what is complete, with the place of each part in it. */
import {
  type Book,
  type Comparison,
  type ConditionDraft,
  FEWEST_STEPS,
  type GroupDraft,
  HOURS_OF_A_DAY,
  type Json,
  type NodeDraft,
  type SequenceDraft,
  type StepDraft,
  type TimesDraft,
  type Value,
  type WindowDraft,
} from './kinds';

function compared(subject: Json, { op, values }: Comparison, book: Book): Json | undefined {
  const takes = op === undefined ? undefined : book.operators.get(op)?.takes;
  if (takes === undefined) return undefined;
  if (takes === 'none') return { ...subject, op };
  const given = values.filter((value): value is Value => value !== undefined && value !== '');
  if (given.length === 0 || (takes === 'two' && given.length < 2)) return undefined;
  return { ...subject, op, value: takes === 'many' || takes === 'two' ? given : given[0] };
}

function stepJson({ event, where }: StepDraft, book: Book): Json | undefined {
  if (!event) return undefined;
  if (where.length === 0) return { event };
  const told = where.map((one) =>
    one.property ? compared({ property: one.property }, one, book) : undefined,
  );
  return told.every((one) => one !== undefined) ? { event, where: told } : undefined;
}

function timesJson({ kind, low, high }: TimesDraft): Json | undefined {
  if (kind === 'never') return { exactly: 0 };
  if (low === undefined) return undefined;
  if (kind === 'exactly') return { exactly: low };
  if (kind === 'least') return { at_least: low };
  if (kind === 'most') return { at_most: low };
  return high === undefined ? undefined : { at_least: low, at_most: high };
}

/** `null`: at any time. */
function windowJson(window: WindowDraft): Json | null | undefined {
  if (window.kind === 'ever') return null;
  if (window.kind === 'days_ago') {
    const { since, until } = window;
    return since === undefined || until === undefined ? undefined : { days_ago: [since, until] };
  }
  if (window.kind === 'dates') {
    const { from, to } = window;
    if (!from && !to) return undefined;
    return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }
  return window.amount === undefined ? undefined : { [window.kind]: window.amount };
}

function within(window: WindowDraft, json: Json): Json | undefined {
  const found = windowJson(window);
  if (found === undefined) return undefined;
  return found === null ? json : { ...json, within: found };
}

function sequenceJson({ steps, amount, unit, window }: SequenceDraft, book: Book): Json | undefined {
  const told = steps.flatMap((step) => stepJson(step, book) ?? []);
  if (amount === undefined || told.length < steps.length || told.length < FEWEST_STEPS) return undefined;
  return within(window, { sequence: told, in_hours: unit === 'days' ? amount * HOURS_OF_A_DAY : amount });
}

/** The JSON of one condition; `undefined` while it is not complete. */
export function conditionJson(one: ConditionDraft, book: Book): Json | undefined {
  switch (one.kind) {
    case 'field':
      return one.field === undefined ? undefined : compared({ field: one.field }, one, book);
    case 'trait':
      return compared({ trait: one.trait }, one, book);
    case 'event': {
      const [step, times] = [stepJson(one.step, book), timesJson(one.times)];
      return step && times && within(one.window, { ...step, times });
    }
    case 'sequence':
      return sequenceJson(one, book);
    case 'unit':
      return one.unit ? { unit: one.unit, below: one.hasBelow } : undefined;
    case 'reach':
      if (!one.purpose) return undefined;
      return { may_reach: one.purpose, ...(one.channel ? { channel: one.channel } : {}) };
    case 'segment':
      return one.segment ? { segment: one.segment } : undefined;
    case 'list':
      return one.list === undefined ? undefined : { list: one.list };
    case 'tag':
      return one.tag === undefined ? undefined : { tag: one.tag };
    case 'relationship':
      return { relationship: one.role };
  }
}

/** The places of parts in the JSON, as the server names them (`all[1].not.any[0]`), with their ids. */
export type Places = Map<string, number>;

function complete(node: NodeDraft, book: Book): boolean {
  if (node.kind !== 'group') return conditionJson(node, book) !== undefined;
  return node.parts.some((part) => complete(part, book));
}

function nodeJson(node: NodeDraft, book: Book, path: string, places: Places): Json {
  places.set(path, node.id);
  return node.kind === 'group'
    ? groupJson(node, book, `${path}.`, places)
    : (conditionJson(node, book) as Json);
}

/** The JSON of a group that holds something complete. `prefix` is the place of its keys. */
export function groupJson(group: GroupDraft, book: Book, prefix: string, places: Places): Json {
  const parts = group.parts.filter((part) => complete(part, book));
  const listed = (key: string) =>
    parts.map((part, place) => nodeJson(part, book, `${prefix}${key}[${place}]`, places));
  if (group.mode !== 'none') return { [group.mode]: listed(group.mode) };
  const [only] = parts;
  if (parts.length === 1 && only) return { not: nodeJson(only, book, `${prefix}not`, places) };
  return { not: { any: listed('not.any') } };
}

export const isEmpty = (group: GroupDraft, book: Book): boolean => !complete(group, book);

/** The conditions of a tree, groups left out. */
export const conditionsOf = (node: NodeDraft): readonly ConditionDraft[] =>
  node.kind === 'group' ? node.parts.flatMap(conditionsOf) : [node];
