/** A campaign on its way to the server, as the form holds it. */
import type { CampaignDetails, CampaignIn } from '@/api/generated/types.gen';

export const KINDS = ['once', 'daily', 'weekly', 'monthly', 'on_entry', 'on_event'] as const;
export type Kind = (typeof KINDS)[number];

export const MOST_CONDITIONS = 5;

/** An event counts where its property has the value. `saved` is the value as the server has it. */
export interface Condition {
  id: number;
  key: string;
  value: string;
  saved?: unknown;
}

export interface Draft {
  name: string;
  segmentId: string | null;
  account: string | null;
  versions: readonly string[];
  kind: Kind;
  at: string;
  time: string;
  day: number;
  event: string;
  onlyWorkingDays: boolean;
  goalEvent: string;
  goalDays: number;
  holdoutPercent: number;
  priority: number;
  isService: boolean;
  surveyId: string | null;
  delayHours: number;
  /** Which events of the name count: those that meet every condition; without one, all. */
  where: readonly Condition[];
}

export const EMPTY: Draft = {
  name: '',
  segmentId: null,
  account: null,
  versions: [],
  kind: 'once',
  at: '',
  time: '10:00',
  day: 1,
  event: '',
  onlyWorkingDays: false,
  goalEvent: '',
  goalDays: 7,
  holdoutPercent: 0,
  priority: 50,
  isService: false,
  surveyId: null,
  delayHours: 0,
  where: [],
};

/** One more condition, empty. */
export function addCondition(where: readonly Condition[]): Condition[] {
  return [...where, { id: Math.max(0, ...where.map(({ id }) => id)) + 1, key: '', value: '' }];
}

const text = (value: unknown, other: string) => (typeof value === 'string' && value ? value : other);
const number = (value: unknown, other: number) => (typeof value === 'number' ? value : other);

/** The form of a campaign that was saved. */
export function fromCampaign(held: CampaignDetails): Draft {
  const { schedule, goal } = held;
  const where = Object.entries((schedule.where ?? {}) as Record<string, unknown>);
  return {
    name: held.name,
    segmentId: held.segment_id,
    account: held.account,
    versions: held.variants.map((one) => String(one.version)),
    kind: KINDS.find((kind) => kind === schedule.kind) ?? 'once',
    at: text(schedule.at, '').slice(0, 16),
    time: text(schedule.time, '10:00'),
    day: number(schedule.day, 1),
    event: text(schedule.event, ''),
    onlyWorkingDays: schedule.only_working_days === true,
    goalEvent: text(goal?.event, ''),
    goalDays: number(goal?.days, 7),
    holdoutPercent: Math.round(held.holdout_share * 100),
    priority: held.priority,
    isService: held.is_service,
    surveyId: held.survey_id ?? null,
    delayHours: number(schedule.delay_hours, 0),
    where: where.map(([key, saved], id) => ({ id, key, value: String(saved), saved })),
  };
}

const isFilled = ({ key, value }: Condition) => key.trim() !== '' && value.trim() !== '';

/** Whether an event can set it off: it is named, and each condition is whole and about a property of its own. */
function isEventComplete({ event, where }: Draft): boolean {
  const keys = new Set(where.map(({ key }) => key.trim()));
  return event.trim() !== '' && where.every(isFilled) && keys.size === where.length;
}

/** Whether everything is there that a campaign must have. */
export function isComplete(draft: Draft): boolean {
  const isNamed = draft.name.trim() !== '' && draft.segmentId !== null && draft.account !== null;
  return isNamed && draft.versions.length > 0 && (draft.kind !== 'on_event' || isEventComplete(draft));
}

/** A value that was not touched stays what it was; a figure is meant as a figure, for events tell amounts as numbers. */
function meant({ value, saved }: Condition): unknown {
  const text = value.trim();
  if (saved !== undefined && String(saved) === text) return saved;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function afterEvent({ event, where, delayHours }: Draft) {
  const conditions = Object.fromEntries(where.map((one) => [one.key.trim(), meant(one)]));
  return {
    event: event.trim(),
    ...(where.length > 0 ? { where: conditions } : {}),
    ...(delayHours > 0 ? { delay_hours: delayHours } : {}),
  };
}

/** What the server is told. Only what the kind of schedule asks for goes along. */
export function toBody(draft: Draft): CampaignIn {
  const isRepeated = draft.kind === 'daily' || draft.kind === 'weekly' || draft.kind === 'monthly';
  return {
    name: draft.name.trim(),
    segment_id: draft.segmentId ?? '',
    account: draft.account ?? '',
    variants: draft.versions.map((version) => ({ version })),
    schedule: {
      kind: draft.kind,
      only_working_days: draft.onlyWorkingDays,
      ...(draft.kind === 'once' && draft.at ? { at: draft.at } : {}),
      ...(isRepeated ? { time: draft.time } : {}),
      ...(draft.kind === 'weekly' || draft.kind === 'monthly' ? { day: draft.day } : {}),
      ...(draft.kind === 'on_event' ? afterEvent(draft) : {}),
    },
    goal: draft.goalEvent.trim() ? { event: draft.goalEvent.trim(), days: draft.goalDays } : null,
    holdout_share: draft.holdoutPercent / 100,
    priority: draft.priority,
    is_service: draft.isService,
    survey_id: draft.surveyId,
  };
}
