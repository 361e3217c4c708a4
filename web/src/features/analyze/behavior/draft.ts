/**
 * A funnel while it is put together, and the JSON that it comes to. The JSON lives in the address, so that it can be shared:
 * a condition whose value looks personal is neither asked nor written there.
 */
import { looksPersonal, type WhereDraft, type WrittenWhere, whereDrafts, whereOf } from '@/lib/properties';

export const SPANS = [7, 30, 60, 90, 180, 365] as const;
export const MOST_STEPS = 8;
const HOURS = 24;

export interface StepDraft {
  id: number;
  event: string | undefined;
  where: readonly WhereDraft[];
}

export interface Period {
  /** Days back from now; 0 is at any time, `undefined` from a day to a day. */
  days: number | undefined;
  from: string;
  to: string;
}

export interface FunnelDraft {
  steps: readonly StepDraft[];
  limit: number;
  unit: 'hours' | 'days';
  period: Period;
  segment: string;
  by: string;
}

export type Json = Record<string, unknown>;

let last = 0;
export const newStep = (event?: string): StepDraft => ({ id: ++last, event, where: [] });

export const emptyFunnel = (): FunnelDraft => ({
  steps: [newStep(), newStep()],
  limit: 7,
  unit: 'days',
  period: { days: 90, from: '', to: '' },
  segment: '',
  by: '',
});

/** An event with its conditions; nothing while something is missing. */
export function stepJson(step: StepDraft): Json | undefined {
  const where = whereOf(step.where);
  if (!step.event || !where || step.where.some(looksPersonal)) return undefined;
  return { event: step.event, ...where };
}

export function periodJson({ days, from, to }: Period): Json | undefined {
  if (days !== undefined) return days === 0 ? {} : { within: { last_days: days } };
  if (!from && !to) return undefined;
  return { within: { ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}

/** The definition; nothing while something is missing. */
export function toFunnel(draft: FunnelDraft): Json | undefined {
  const steps = draft.steps.map(stepJson);
  const within = periodJson(draft.period);
  if (!within || steps.some((one) => one === undefined) || draft.limit < 1) return undefined;
  return {
    steps,
    in_hours: draft.unit === 'days' ? draft.limit * HOURS : draft.limit,
    ...within,
    ...(draft.segment ? { population: { segment: draft.segment } } : {}),
    ...(draft.by ? { by: draft.by } : {}),
  };
}

export interface WrittenStep {
  event?: string;
  where?: WrittenWhere[];
}

export const stepDraft = ({ event, where }: WrittenStep): StepDraft => ({
  ...newStep(event),
  where: whereDrafts(where) ?? [],
});

export function periodDraft(within: Json | undefined): Period {
  const { last_days: days, from, to } = (within ?? {}) as { last_days?: number; from?: string; to?: string };
  if (from || to) return { days: undefined, from: from ?? '', to: to ?? '' };
  return { days: days ?? 0, from: '', to: '' };
}

export const segmentOf = (population: unknown): string =>
  String((population as { segment?: string } | undefined)?.segment ?? '');

interface Written {
  steps?: WrittenStep[];
  in_hours?: number;
  within?: Json;
  population?: Json;
  by?: string;
}

export const TABS = ['funnel', 'retention'] as const;

/** What an address holds: what is asked for, which tab is open, and the definitions. */
export interface BehaviorSearch {
  tab?: (typeof TABS)[number];
  purpose?: string;
  funnel?: Json;
  retention?: Json;
}

const isJson = (held: unknown): held is Json =>
  held !== null && typeof held === 'object' && !Array.isArray(held);

export function readBehaviorSearch(search: Record<string, unknown>): BehaviorSearch {
  const { purpose, funnel, retention } = search;
  const tab = TABS.find((one) => one === search.tab);
  return {
    ...(tab && tab !== 'funnel' ? { tab } : {}),
    ...(purpose ? { purpose: String(purpose) } : {}),
    ...(isJson(funnel) ? { funnel } : {}),
    ...(isJson(retention) ? { retention } : {}),
  };
}

export function toFunnelDraft(json: Json | undefined): FunnelDraft {
  const { steps, in_hours: hours = 168, within, population, by = '' } = (json ?? {}) as Written;
  if (!Array.isArray(steps) || !steps.every(isJson)) return emptyFunnel();
  const isDays = hours % HOURS === 0;
  return {
    steps: steps.map(stepDraft),
    limit: isDays ? hours / HOURS : hours,
    unit: isDays ? 'days' : 'hours',
    period: periodDraft(within),
    segment: segmentOf(population),
    by,
  };
}
