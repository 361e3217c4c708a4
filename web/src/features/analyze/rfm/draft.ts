/** A model of value while its form is filled in, and the JSON that it comes to. */
import type { ModelDetails, TierOut } from '@/api/generated/types.gen';
import { type WhereDraft, type WrittenWhere, whereDrafts, whereOf } from '@/lib/properties';

export const WINDOWS = [90, 180, 365, 730] as const;
export const SCORES = [3, 4, 5] as const;
export const DIMENSIONS = ['recency', 'frequency', 'monetary'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface PurchaseDraft {
  id: number;
  event: string | undefined;
  amount: string;
  absolute: boolean;
  where: readonly WhereDraft[];
  /** Conditions that were written by other means and that rows cannot show; they stay as they are. */
  others: readonly WrittenWhere[];
}

export interface RfmDraft {
  zh: string;
  en: string;
  key: string;
  usedFor: string;
  purpose: string | undefined;
  purchases: readonly PurchaseDraft[];
  days: number;
  scores: number;
  /** Empty for quantiles, else the bounds as they were typed. */
  bounds: Readonly<Record<Dimension, string>>;
  /** None: the standard ones for the number of scores. */
  tiers: readonly TierOut[] | undefined;
}

let last = 0;
export const newPurchase = (): PurchaseDraft => ({
  id: ++last,
  event: undefined,
  amount: 'amount',
  absolute: true,
  where: [],
  others: [],
});

export const emptyDraft = (): RfmDraft => ({
  zh: '',
  en: '',
  key: 'value',
  usedFor: '',
  purpose: undefined,
  purchases: [newPurchase()],
  days: 365,
  scores: 5,
  bounds: { recency: '', frequency: '', monetary: '' },
  tiers: undefined,
});

/** The numbers of a line such as “30, 90 180”; none where one of them is no number. */
export function numbersOf(text: string): number[] | undefined {
  const found = text
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
    .map(Number);
  return found.every(Number.isFinite) ? found : undefined;
}

function purchaseJson({ event, amount, absolute, where, others }: PurchaseDraft) {
  const own = whereOf(where);
  if (!event || !amount.trim() || !own) return undefined;
  const told = [...others, ...(own.where ?? [])];
  return { event, amount: amount.trim(), absolute, ...(told.length > 0 ? { where: told } : {}) };
}

/** The definition; none while something is missing. The server tells what is wrong with what is there. */
export function toDefinition(draft: RfmDraft): Record<string, unknown> | undefined {
  const purchases = draft.purchases.map(purchaseJson);
  if (purchases.includes(undefined)) return undefined;
  const cuts: Record<string, unknown> = {};
  for (const one of DIMENSIONS) {
    const text = draft.bounds[one].trim();
    if (!text) continue;
    const numbers = numbersOf(text);
    if (numbers?.length !== draft.scores - 1) return undefined;
    cuts[one] = numbers;
  }
  return {
    purchases,
    within_days: draft.days,
    scores: draft.scores,
    ...(Object.keys(cuts).length > 0 ? { cuts } : {}),
    ...(draft.tiers ? { tiers: draft.tiers } : {}),
  };
}

export function isNamed(draft: RfmDraft): boolean {
  const isKey = /^[a-z][a-z0-9_]{0,39}$/.test(draft.key);
  return (
    isKey && draft.purpose !== undefined && [draft.zh, draft.en, draft.usedFor].every((one) => one.trim())
  );
}

interface Written {
  purchases: { event: string; amount: string; absolute?: boolean; where?: WrittenWhere[] }[];
  within_days: number;
  scores: number;
  cuts?: Partial<Record<Dimension, 'quantile' | number[]>>;
  tiers: TierOut[];
}

export function fromModel(model: ModelDetails): RfmDraft {
  const written = model.definition as unknown as Written;
  const boundsOf = (one: Dimension) => {
    const given = written.cuts?.[one];
    return Array.isArray(given) ? given.join(', ') : '';
  };
  return {
    zh: model.name.zh,
    en: model.name.en,
    key: model.key,
    usedFor: model.used_for,
    purpose: model.purpose,
    purchases: written.purchases.map(({ event, amount, absolute = false, where = [] }) => {
      const shown = whereDrafts(where);
      return { ...newPurchase(), event, amount, absolute, where: shown ?? [], others: shown ? [] : where };
    }),
    days: written.within_days,
    scores: written.scores,
    bounds: {
      recency: boundsOf('recency'),
      frequency: boundsOf('frequency'),
      monetary: boundsOf('monetary'),
    },
    tiers: written.tiers,
  };
}
