/** A trait while its form is filled in, and the JSON that it comes to. */
import type { AggregateOut, TraitDetails } from '@/api/generated/types.gen';
import { type WhereDraft, type WrittenWhere, whereDrafts, whereOf } from '@/lib/properties';

export const SPANS = [7, 14, 30, 60, 90, 180, 365] as const;

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

/** The definition; nothing while something is missing. */
export function toDefinition(
  draft: TraitDraft,
  aggregate: AggregateOut | undefined,
): Record<string, unknown> | undefined {
  if (!draft.event || !aggregate) return undefined;
  const property = draft.property.trim();
  if (aggregate.takes === 'must' && !property) return undefined;
  const where = whereOf(draft.where);
  if (!where) return undefined;
  return {
    ...draft.rest,
    event: draft.event,
    aggregate: draft.aggregate,
    ...(property && aggregate.takes !== 'none' ? { property } : {}),
    ...(aggregate.kinds.length > 1 && draft.as ? { as: draft.as } : {}),
    ...where,
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
  where?: WrittenWhere[];
  within?: Record<string, unknown>;
}

/** A trait as the form shows it; conditions of other operators stay as they are, in `rest`. */
export function fromTrait(trait: TraitDetails): TraitDraft {
  const { event, aggregate, property, as, where = [], within = {}, ...others } = trait.definition as Written;
  const shown = whereDrafts(where);
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
    where: shown ?? [],
    within,
    rest: shown ? others : { ...others, where },
  };
}
