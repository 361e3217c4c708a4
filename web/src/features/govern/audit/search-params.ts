/** What stands in the address of the trail: its filter, and the entry that is open. Days are of the business calendar. */
export interface AuditSearch {
  /** The number of a user. */
  actor?: number;
  action?: string;
  /** `kind`, or `kind:reference`. */
  object?: string;
  from?: string;
  /** The last day, included. */
  to?: string;
  entry?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ZONE = '+08:00';

function short(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

export function toAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const actor = /^[1-9]\d{0,9}$/.test(String(raw.actor)) ? Number(raw.actor) : undefined;
  const action = short(raw.action, /^[a-z0-9_.]{1,64}$/);
  const object = short(raw.object, /^[a-z_]{1,32}(:[\w.-]{1,90})?$/);
  const from = short(raw.from, DAY);
  const to = short(raw.to, DAY);
  const entry = short(raw.entry, /^[0-9a-f-]{36}$/i);
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(object ? { object } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(entry ? { entry } : {}),
  };
}

export interface AuditQuestion {
  actor?: number;
  action?: string;
  object?: string;
  from?: string;
  to?: string;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** The question as the server takes it: instants, the last one left out. */
export function toQuestion({ actor, action, object, from, to }: AuditSearch): AuditQuestion {
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(object ? { object } : {}),
    ...(from ? { from: `${from}T00:00:00${ZONE}` } : {}),
    ...(to ? { to: `${dayAfter(to)}T00:00:00${ZONE}` } : {}),
  };
}

/** Whether anything is left out. */
export function isFiltered(search: AuditSearch): boolean {
  return Object.keys(toQuestion(search)).length > 0;
}
