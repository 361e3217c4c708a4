/** A retention question while it is put together, and the JSON that it comes to, which lives in the address. */
import {
  type Json,
  newStep,
  type StepDraft,
  segmentOf,
  stepDraft,
  stepJson,
  type WrittenStep,
} from './draft';

export const UNITS = ['week', 'month'] as const;
export const KINDS = ['in', 'since'] as const;
export const COHORTS = ['first', 'any'] as const;
export const FEWEST_COHORTS = 2;
export const MOST_COHORTS = 26;

export interface RetentionDraft {
  begin: StepDraft;
  back: StepDraft;
  unit: (typeof UNITS)[number];
  cohorts: number;
  cohortsBy: (typeof COHORTS)[number];
  kind: (typeof KINDS)[number];
  segment: string;
}

export const emptyRetention = (): RetentionDraft => ({
  begin: newStep(),
  back: newStep(),
  unit: 'month',
  cohorts: 8,
  cohortsBy: 'first',
  kind: 'in',
  segment: '',
});

/** The definition; nothing while something is missing. */
export function toRetention(draft: RetentionDraft): Json | undefined {
  const begin = stepJson(draft.begin);
  const back = stepJson(draft.back);
  if (!begin || !back) return undefined;
  return {
    begin,
    back,
    unit: draft.unit,
    cohorts: draft.cohorts,
    cohorts_by: draft.cohortsBy,
    kind: draft.kind,
    ...(draft.segment ? { population: { segment: draft.segment } } : {}),
  };
}

interface Written {
  begin?: WrittenStep;
  back?: WrittenStep;
  unit?: string;
  cohorts?: number;
  cohorts_by?: string;
  kind?: string;
  population?: Json;
}

export function toRetentionDraft(json: Json | undefined): RetentionDraft {
  const empty = emptyRetention();
  const { begin, back, unit, cohorts, cohorts_by, kind, population } = (json ?? {}) as Written;
  if (typeof begin !== 'object' || begin === null) return empty;
  return {
    begin: stepDraft(begin),
    back: stepDraft(back ?? begin),
    unit: UNITS.find((one) => one === unit) ?? 'week',
    cohorts: Number(cohorts) || empty.cohorts,
    cohortsBy: COHORTS.find((one) => one === cohorts_by) ?? empty.cohortsBy,
    kind: KINDS.find((one) => one === kind) ?? empty.kind,
    segment: segmentOf(population),
  };
}
