/** A trait while its form is filled in, and the JSON that it comes to. */
import type { AggregateOut, TraitDetails } from '@/api/generated/types.gen';

export const OPS = ['is', 'is_not', 'contains', 'gt', 'gte', 'lt', 'lte'] as const;
export type Op = (typeof OPS)[number];
const NUMERIC: readonly Op[] = ['gt', 'gte', 'lt', 'lte'];
export const SPANS = [7, 14, 30, 60, 90, 180, 365] as const;

export interface WhereDraft {
  id: number;
  property: string;
  op: Op;
  value: string;
}

export interface TraitDraft {
  zh: string;
  en: string;
  key: string;
  unit: string;
  usedFor: string;
  event: string | undefined;
  aggregate: string;
  property: string;
  as: string;
  where: readonly WhereDraft[];
  /** As the server takes it: last_days, or whatever was written by other means and stays as it is. */
  within: Readonly<Record<string, unknown>>;
  /** Parts of a definition that the form does not show. */
  rest: Readonly<Record<string, unknown>>;
}

let last = 0;
export const newWhere = (): WhereDraft => ({ id: ++last, property: '', op: 'is', value: '' });

export const EMPTY: TraitDraft = {
  zh: '',
  en: '',
  key: '',
  unit: '',
  usedFor: '',
  event: undefined,
  aggregate: 'count',
  property: '',
  as: '',
  where: [],
  within: { last_days: 90 },
  rest: {},
};

const KEY = /^[a-z][a-z0-9_]{0,63}$/;

function whereJson({ property, op, value }: WhereDraft): Record<string, unknown> | undefined {
  const text = value.trim();
  if (!property.trim() || !text) return undefined;
  if (!NUMERIC.includes(op)) return { property: property.trim(), op, value: text };
  const number = Number(text);
  return Number.isFinite(number) ? { property: property.trim(), op, value: number } : undefined;
}

/** The definition; nothing while something is missing. */
export function toDefinition(
  draft: TraitDraft,
  aggregate: AggregateOut | undefined,
): Record<string, unknown> | undefined {
  if (!draft.event || !aggregate) return undefined;
  const property = draft.property.trim();
  if (aggregate.takes === 'must' && !property) return undefined;
  const where = draft.where.map(whereJson);
  if (where.some((one) => one === undefined)) return undefined;
  return {
    ...draft.rest,
    event: draft.event,
    aggregate: draft.aggregate,
    ...(property && aggregate.takes !== 'none' ? { property } : {}),
    ...(aggregate.kinds.length > 1 && draft.as ? { as: draft.as } : {}),
    ...(where.length > 0 ? { where } : {}),
    ...(Object.keys(draft.within).length > 0 ? { within: { ...draft.within } } : {}),
  };
}

export function isNamed(draft: TraitDraft): boolean {
  return [draft.zh, draft.en, draft.usedFor].every((text) => text.trim() !== '') && KEY.test(draft.key);
}

interface Written {
  event?: string;
  aggregate?: string;
  property?: string;
  as?: string;
  where?: { property: string; op: string; value?: unknown }[];
  within?: Record<string, unknown>;
}

/** A trait as the form shows it; conditions of other operators stay as they are, in `rest`. */
export function fromTrait(trait: TraitDetails): TraitDraft {
  const { event, aggregate, property, as, where = [], within = {}, ...others } = trait.definition as Written;
  const isShown = where.every(
    ({ op, value }) => OPS.includes(op as Op) && ['string', 'number'].includes(typeof value),
  );
  return {
    zh: trait.name.zh,
    en: trait.name.en,
    key: trait.key,
    unit: trait.unit,
    usedFor: trait.used_for,
    event,
    aggregate: aggregate ?? 'count',
    property: property ?? '',
    as: as ?? '',
    where: isShown
      ? where.map((one) => ({
          ...newWhere(),
          property: one.property,
          op: one.op as Op,
          value: String(one.value),
        }))
      : [],
    within,
    rest: isShown ? others : { ...others, where },
  };
}
