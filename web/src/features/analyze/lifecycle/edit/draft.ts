/** A lifecycle while it is written: its stages with their rules, some not complete yet; to its JSON and back. */
import type { ModelDetails } from '@/api/generated/types.gen';
import type { Book } from '../../segments/builder/kinds';
import { type Draft, emptyDraft, fromDefinition, incomplete, toDefinition } from '../../segments/draft';

type Json = Record<string, unknown>;

export interface StageDraft {
  id: number;
  key: string;
  zh: string;
  en: string;
  /** None for a rule that the builder cannot show: it stays as `kept` says. */
  rule: Draft | undefined;
  kept: Json;
}

export interface LifecycleDraft {
  key: string;
  zh: string;
  en: string;
  usedFor: string;
  purpose: string | undefined;
  since: string;
  zone: string | undefined;
  stages: readonly StageDraft[];
}

export const MOST_STAGES = 12;
const FEWEST_STAGES = 2;
const KEY = /^[a-z][a-z0-9_]{0,31}$/;
let last = 0;
const nextId = () => {
  last += 1;
  return last;
};

/** A stage that takes everybody, until its rule says whom; its code is one that no other has. */
export function newStage(taken: readonly StageDraft[]): StageDraft {
  let number = taken.length + 1;
  while (taken.some((one) => one.key === `stage_${number}`)) number += 1;
  return { id: nextId(), key: `stage_${number}`, zh: '', en: '', rule: emptyDraft(), kept: {} };
}

interface Told {
  key: string;
  name: { zh: string; en: string };
  when: Json;
}

export function stagesOf(definition: Json, book: Book): readonly StageDraft[] {
  const { stages = [] } = definition as { stages?: Told[] };
  return stages.map(({ key, name, when }) => ({
    id: nextId(),
    key,
    ...name,
    rule: fromDefinition(when, book),
    kept: when,
  }));
}

export function emptyLifecycle(): LifecycleDraft {
  const first = newStage([]);
  const stages = [first, newStage([first])];
  return { key: '', zh: '', en: '', usedFor: '', purpose: undefined, since: '', zone: undefined, stages };
}

export function fromModel(model: ModelDetails, book: Book): LifecycleDraft {
  const { since = '', zone } = model.definition as { since?: string; zone?: string };
  return {
    key: model.key,
    ...model.name,
    usedFor: model.used_for,
    purpose: model.purpose,
    since,
    zone,
    stages: stagesOf(model.definition, book),
  };
}

export const ruleOf = ({ rule, kept }: StageDraft, book: Book): Json =>
  rule ? toDefinition(rule, book) : kept;

export function toLifecycle({ stages, since, zone }: LifecycleDraft, book: Book): Json {
  return {
    stages: stages.map((one) => ({
      key: one.key,
      name: { zh: one.zh.trim(), en: one.en.trim() || one.zh.trim() },
      when: ruleOf(one, book),
    })),
    ...(since ? { since } : {}),
    ...(zone ? { zone } : {}),
  };
}

/** Whether a stage is told whole: its names, a code, and every condition. */
export const isWhole = (one: StageDraft, book: Book): boolean =>
  one.zh.trim() !== '' && KEY.test(one.key) && (!one.rule || incomplete(one.rule, book) === 0);

/** What is missing before the stages can be tried; `undefined` when nothing is. */
export function firstMissing(
  draft: LifecycleDraft,
  book: Book,
): 'purpose' | 'stages' | 'codes' | StageDraft | undefined {
  if (!draft.purpose) return 'purpose';
  if (draft.stages.length < FEWEST_STAGES) return 'stages';
  if (new Set(draft.stages.map((one) => one.key)).size < draft.stages.length) return 'codes';
  return draft.stages.find((one) => !isWhole(one, book));
}

/** Put a stage one place earlier (-1) or later (1). */
export function moved(stages: readonly StageDraft[], id: number, by: -1 | 1): readonly StageDraft[] {
  const at = stages.findIndex((one) => one.id === id);
  const [one, other] = [stages[at], stages[at + by]];
  if (!one || !other) return stages;
  return stages.map((stage, place) => (place === at ? other : place === at + by ? one : stage));
}
