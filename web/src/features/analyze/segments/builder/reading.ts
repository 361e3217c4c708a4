/** From the JSON of a definition back to what is built. `undefined` is a shape that the builder cannot show. */
import {
  type Book,
  type Comparison,
  type EventDraft,
  type GroupDraft,
  HOURS_OF_A_DAY,
  type Json,
  type Mode,
  type NodeDraft,
  nextId,
  type PropertyDraft,
  type SequenceDraft,
  type StepDraft,
  type TimesDraft,
  type Value,
  type WindowDraft,
} from './kinds';

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const isValue = (value: unknown): value is Value => ['string', 'number', 'boolean'].includes(typeof value);
const has = (json: Json, ...keys: string[]) => Object.keys(json).every((key) => keys.includes(key));

/** All of them, or `undefined` where one cannot be shown. */
function each<Out>(given: unknown, read: (one: unknown) => Out | undefined): readonly Out[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const found = given.flatMap((one) => read(one) ?? []);
  return found.length === given.length ? found : undefined;
}

function comparison(json: Json, kind: string | undefined, book: Book): Comparison | undefined {
  const operator = book.operators.get(text(json.op) ?? '');
  if (!operator || (kind !== undefined && !operator.kinds.includes(kind))) return undefined;
  const values = operator.takes === 'none' ? [] : Array.isArray(json.value) ? json.value : [json.value];
  return values.every(isValue) ? { op: operator.key, values } : undefined;
}

function property(raw: unknown, book: Book): PropertyDraft | undefined {
  if (!isJson(raw) || !has(raw, 'property', 'op', 'value')) return undefined;
  const [name, found] = [text(raw.property), comparison(raw, undefined, book)];
  return name && found ? { id: nextId(), property: name, ...found } : undefined;
}

function step(raw: unknown, book: Book): StepDraft | undefined {
  if (!isJson(raw)) return undefined;
  const [event, where] = [text(raw.event), each(raw.where ?? [], (one) => property(one, book))];
  return event && where ? { id: nextId(), event, where } : undefined;
}

function times(raw: unknown): TimesDraft | undefined {
  if (!isJson(raw) || !has(raw, 'at_least', 'at_most', 'exactly')) return undefined;
  const [least, most, exactly] = [number(raw.at_least), number(raw.at_most), number(raw.exactly)];
  if (exactly !== undefined) return exactly === 0 ? { kind: 'never' } : { kind: 'exactly', low: exactly };
  if (most === undefined) return { kind: 'least', low: least ?? 0 };
  if (most === 0) return { kind: 'never' };
  return least ? { kind: 'between', low: least, high: most } : { kind: 'most', low: most };
}

function window(raw: unknown): WindowDraft | undefined {
  if (!isJson(raw)) return undefined;
  if (Object.keys(raw).length === 0) return { kind: 'ever' };
  if (has(raw, 'from', 'to')) return { kind: 'dates', from: text(raw.from), to: text(raw.to) };
  if (has(raw, 'last_days')) return { kind: 'last_days', amount: number(raw.last_days) };
  if (has(raw, 'last_hours')) return { kind: 'last_hours', amount: number(raw.last_hours) };
  if (!has(raw, 'days_ago') || !Array.isArray(raw.days_ago)) return undefined;
  return { kind: 'days_ago', since: number(raw.days_ago[0]), until: number(raw.days_ago[1]) };
}

function event(json: Json, book: Book): EventDraft | undefined {
  if (!has(json, 'event', 'where', 'times', 'within')) return undefined;
  const [what, often, when] = [
    step(json, book),
    times(json.times ?? { at_least: 1 }),
    window(json.within ?? {}),
  ];
  return what && often && when && { id: nextId(), kind: 'event', step: what, times: often, window: when };
}

function sequence(json: Json, book: Book): SequenceDraft | undefined {
  if (!has(json, 'sequence', 'in_hours', 'within')) return undefined;
  const [hours, when] = [number(json.in_hours), window(json.within ?? {})];
  const steps = each(json.sequence, (one) =>
    isJson(one) && has(one, 'event', 'where') ? step(one, book) : undefined,
  );
  if (!steps || !when || hours === undefined) return undefined;
  const [unit, amount] =
    hours % HOURS_OF_A_DAY === 0 ? (['days', hours / HOURS_OF_A_DAY] as const) : (['hours', hours] as const);
  return { id: nextId(), kind: 'sequence', steps, amount, unit, window: when };
}

function standing(json: Json, book: Book): NodeDraft | undefined {
  const id = nextId();
  if ('field' in json && has(json, 'field', 'op', 'value')) {
    const field = book.fields.get(text(json.field) ?? '');
    const found = field && comparison(json, field.kind, book);
    return found && { id, kind: 'field', field: field.key, ...found };
  }
  if ('trait' in json && has(json, 'trait', 'op', 'value')) {
    const trait = book.traits.get(text(json.trait) ?? '');
    const found = trait && comparison(json, trait.kind, book);
    return found && { id, kind: 'trait', trait: trait.key, ...found };
  }
  if ('unit' in json && has(json, 'unit', 'below')) {
    const unit = text(json.unit);
    return unit ? { id, kind: 'unit', unit, hasBelow: json.below !== false } : undefined;
  }
  if ('may_reach' in json && has(json, 'may_reach', 'channel')) {
    const purpose = text(json.may_reach);
    return purpose ? { id, kind: 'reach', purpose, channel: text(json.channel) } : undefined;
  }
  return hung(json, id);
}

/** What a customer is tied to: a list, a tag, another customer, a segment. */
function hung(json: Json, id: number): NodeDraft | undefined {
  if (has(json, 'list') && number(json.list)) return { id, kind: 'list', list: number(json.list) };
  if (has(json, 'tag') && number(json.tag)) return { id, kind: 'tag', tag: number(json.tag) };
  const role = has(json, 'relationship') ? text(json.relationship) : undefined;
  if (role) return { id, kind: 'relationship', role };
  const segment = has(json, 'segment') ? text(json.segment) : undefined;
  return segment ? { id, kind: 'segment', segment } : undefined;
}

/** A group of parts, none of them missing; without parts there is nothing to show, and leaving it out would mean another thing. */
function group(mode: Mode, raw: unknown, book: Book): GroupDraft | undefined {
  const parts = each(raw, (one) => node(one, book));
  return parts && parts.length > 0 ? { id: nextId(), kind: 'group', mode, parts } : undefined;
}

/** One node of the tree. */
export function node(raw: unknown, book: Book): NodeDraft | undefined {
  if (!isJson(raw)) return undefined;
  if ('all' in raw) return has(raw, 'all') ? group('all', raw.all, book) : undefined;
  if ('any' in raw) return has(raw, 'any') ? group('any', raw.any, book) : undefined;
  if ('not' in raw) {
    if (!has(raw, 'not')) return undefined;
    const inner = isJson(raw.not) && 'any' in raw.not && has(raw.not, 'any') ? raw.not.any : [raw.not];
    return group('none', inner, book);
  }
  if ('event' in raw) return event(raw, book);
  return 'sequence' in raw ? sequence(raw, book) : standing(raw, book);
}
