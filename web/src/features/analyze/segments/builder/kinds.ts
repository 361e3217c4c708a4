/** The parts of a definition while it is built. What is `undefined` is not filled in yet. */
import type { OperatorOut, SegmentFieldOut, SegmentTraitOut } from '@/api/generated/types.gen';

export type Mode = 'all' | 'any' | 'none';
export type Value = string | number | boolean;
export type Json = Record<string, unknown>;

/** What is compared: a field, a trait or a property of an event; of codes those that it may have. */
export type Subject = Pick<SegmentFieldOut, 'key' | 'label' | 'kind' | 'codes'>;

export interface Comparison {
  op?: string | undefined;
  values: readonly (Value | undefined)[];
}

export interface FieldDraft extends Comparison {
  id: number;
  kind: 'field';
  field?: string | undefined;
}

export interface TraitDraft extends Comparison {
  id: number;
  kind: 'trait';
  trait: string;
}

export interface PropertyDraft extends Comparison {
  id: number;
  property?: string | undefined;
}

export interface StepDraft {
  id: number;
  event?: string | undefined;
  where: readonly PropertyDraft[];
}

export type TimesKind = 'never' | 'least' | 'most' | 'exactly' | 'between';

/** How often. `low` is the number of all kinds but `between`, which has both. */
export interface TimesDraft {
  kind: TimesKind;
  low?: number | undefined;
  high?: number | undefined;
}

export type WindowDraft =
  | { kind: 'ever' }
  | { kind: 'last_days' | 'last_hours'; amount?: number | undefined }
  | { kind: 'days_ago'; since?: number | undefined; until?: number | undefined }
  | { kind: 'dates'; from?: string | undefined; to?: string | undefined };

export interface EventDraft {
  id: number;
  kind: 'event';
  step: StepDraft;
  times: TimesDraft;
  window: WindowDraft;
}

export interface SequenceDraft {
  id: number;
  kind: 'sequence';
  steps: readonly StepDraft[];
  /** How long it may take from the first step to the last. */
  amount?: number | undefined;
  unit: 'hours' | 'days';
  window: WindowDraft;
}

export interface UnitDraft {
  id: number;
  kind: 'unit';
  unit?: string | undefined;
  hasBelow: boolean;
}

export interface ReachDraft {
  id: number;
  kind: 'reach';
  purpose?: string | undefined;
  /** `undefined` is by any channel. */
  channel?: string | undefined;
}

export interface MemberDraft {
  id: number;
  kind: 'segment';
  segment?: string | undefined;
}

export interface ListDraft {
  id: number;
  kind: 'list';
  list?: number | undefined;
}

export interface TagDraft {
  id: number;
  kind: 'tag';
  tag?: number | undefined;
}

export interface RelationshipDraft {
  id: number;
  kind: 'relationship';
  /** What another customer is for him; `any` is anything. */
  role: string;
}

export type ConditionDraft =
  | FieldDraft
  | TraitDraft
  | EventDraft
  | SequenceDraft
  | UnitDraft
  | ReachDraft
  | MemberDraft
  | ListDraft
  | TagDraft
  | RelationshipDraft;

export interface GroupDraft {
  id: number;
  kind: 'group';
  mode: Mode;
  parts: readonly NodeDraft[];
}

export type NodeDraft = ConditionDraft | GroupDraft;

/** What definitions may name, and how values are compared. */
export interface Book {
  fields: ReadonlyMap<string, SegmentFieldOut>;
  traits: ReadonlyMap<string, SegmentTraitOut>;
  operators: ReadonlyMap<string, OperatorOut>;
  /** Whether the reader may ask about relationships. */
  isRelated: boolean;
}

export const HOURS_OF_A_DAY = 24;
export const FEWEST_STEPS = 2;
export const MOST_STEPS = 8;

let last = 0;
export const nextId = () => ++last;

export const newField = (): FieldDraft => ({ id: nextId(), kind: 'field', values: [] });
export const newStep = (): StepDraft => ({ id: nextId(), where: [] });
export const newProperty = (): PropertyDraft => ({ id: nextId(), values: [] });
export const newEvent = (): EventDraft => ({
  id: nextId(),
  kind: 'event',
  step: newStep(),
  times: { kind: 'least', low: 1 },
  window: { kind: 'last_days', amount: 90 },
});
export const newSequence = (): SequenceDraft => ({
  id: nextId(),
  kind: 'sequence',
  steps: [newStep(), newStep()],
  amount: 7,
  unit: 'days',
  window: { kind: 'last_days', amount: 90 },
});
export const newGroup = (parts: readonly NodeDraft[] = []): GroupDraft => ({
  id: nextId(),
  kind: 'group',
  mode: 'all',
  parts,
});
