/** An offer as a form holds it, and as the server takes it. A rule is chosen from segments, or written as JSON. */
import type { OfferIn, OfferOut } from '@/api/generated/types.gen';

export type RuleSource = 'segments' | 'json' | 'none';
type Definition = Record<string, unknown>;

export interface RuleDraft {
  source: RuleSource;
  segments: readonly string[];
  json: string;
}

export interface OfferForm {
  key: string;
  kind: string;
  zh: string;
  en: string;
  descriptionZh: string;
  descriptionEn: string;
  reasonZh: string;
  reasonEn: string;
  purpose: string;
  eligibility: RuleDraft;
  suppression: RuleDraft;
  startsOn: string;
  endsOn: string;
  priority: number | null;
  restShown: number | null;
  restAnswer: number | null;
  /** In percent. */
  holdout: number | null;
  goal: string;
  isActive: boolean;
}

const NO_SEGMENTS: RuleDraft = { source: 'segments', segments: [], json: '' };

export const EMPTY: OfferForm = {
  key: '',
  kind: 'product',
  zh: '',
  en: '',
  descriptionZh: '',
  descriptionEn: '',
  reasonZh: '',
  reasonEn: '',
  purpose: '',
  eligibility: NO_SEGMENTS,
  suppression: { ...NO_SEGMENTS, source: 'none' },
  startsOn: '',
  endsOn: '',
  priority: 50,
  restShown: 30,
  restAnswer: 180,
  holdout: 5,
  goal: '',
  isActive: true,
};

/** The segments that a definition is made of, when it is nothing but `any` of segments. */
export function segmentsOf(definition: Definition): string[] | undefined {
  const parts = definition.any;
  if (!Array.isArray(parts) || parts.length === 0) return undefined;
  const ids = parts.map((part: unknown) =>
    typeof part === 'object' && part !== null && Object.keys(part).length === 1 && 'segment' in part
      ? part.segment
      : undefined,
  );
  return ids.every((id): id is string => typeof id === 'string') ? ids : undefined;
}

export function toDraft(definition: Definition | null): RuleDraft {
  if (definition === null) return { ...NO_SEGMENTS, source: 'none' };
  const json = JSON.stringify(definition, null, 2);
  const segments = segmentsOf(definition);
  return segments ? { source: 'segments', segments, json } : { source: 'json', segments: [], json };
}

/** The definition of a draft; null for nobody, undefined while it cannot be read. */
export function toDefinition(draft: RuleDraft): Definition | null | undefined {
  if (draft.source === 'none') return null;
  if (draft.source === 'segments') {
    return draft.segments.length > 0 ? { any: draft.segments.map((segment) => ({ segment })) } : undefined;
  }
  try {
    const read: unknown = JSON.parse(draft.json);
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Definition)
      : undefined;
  } catch {
    return undefined;
  }
}

export function fromOffer(offer: OfferOut): OfferForm {
  return {
    key: offer.key,
    kind: offer.kind,
    zh: offer.name.zh,
    en: offer.name.en,
    descriptionZh: offer.description.zh,
    descriptionEn: offer.description.en,
    reasonZh: offer.reason.zh,
    reasonEn: offer.reason.en,
    purpose: offer.purpose,
    eligibility: toDraft(offer.eligibility),
    suppression: toDraft(offer.suppression),
    startsOn: offer.starts_on ?? '',
    endsOn: offer.ends_on ?? '',
    priority: offer.priority,
    restShown: offer.rest_after_shown,
    restAnswer: offer.rest_after_answer,
    holdout: Math.round(offer.holdout_share * 1000) / 10,
    goal: offer.goal_event,
    isActive: offer.is_active,
  };
}

export interface RuleBody {
  purpose: string;
  eligibility: Definition;
  suppression: Definition | null;
}

/** The rule of a form; undefined while a part of it is missing or cannot be read. */
export function ruleOf(form: OfferForm): RuleBody | undefined {
  const eligibility = toDefinition(form.eligibility);
  const suppression = toDefinition(form.suppression);
  if (!form.purpose || !eligibility || suppression === undefined) return undefined;
  return { purpose: form.purpose, eligibility, suppression };
}

const KEY = /^[a-z][a-z0-9_]{0,63}$/;

/** What the server takes; undefined until the form is whole. */
export function toOffer(form: OfferForm): OfferIn | undefined {
  const rule = ruleOf(form);
  const words = [form.zh, form.en, form.reasonZh, form.reasonEn];
  const { priority, restShown, restAnswer, holdout } = form;
  if (!rule || !KEY.test(form.key) || words.some((text) => text.trim() === '')) return undefined;
  if (priority === null || restShown === null || restAnswer === null || holdout === null) return undefined;
  return {
    ...rule,
    key: form.key,
    kind: form.kind,
    name: { zh: form.zh.trim(), en: form.en.trim() },
    description: { zh: form.descriptionZh.trim(), en: form.descriptionEn.trim() },
    reason: { zh: form.reasonZh.trim(), en: form.reasonEn.trim() },
    starts_on: form.startsOn || null,
    ends_on: form.endsOn || null,
    priority,
    rest_after_shown: restShown,
    rest_after_answer: restAnswer,
    holdout_share: holdout / 100,
    goal_event: form.goal,
    is_active: form.isActive,
  };
}
