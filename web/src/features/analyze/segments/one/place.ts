/** What the address of a segment's page may say. */
export const SEGMENT_TABS = ['members', 'parts', 'profile', 'rules'] as const;
export type SegmentTab = (typeof SEGMENT_TABS)[number];

export interface SegmentPlace {
  tab?: SegmentTab;
  /** A day, or the instant of a snapshot; without it, now. */
  on?: string;
  /** Of whom it is asked why: a customer's id, or `find` while he is looked for. */
  why?: string;
  /** By what the members are divided: `unit` or a field. */
  by?: string;
}

const UUID = /^[0-9a-f-]{36}$/;
const MOMENT = /^\d{4}-\d\d-\d\d(T[0-9:.]+(Z|[+-]\d\d:\d\d)?)?$/;
const KEY = /^[a-z][a-z0-9_]{0,63}$/;

export function toSegmentPlace(search: Record<string, unknown>): SegmentPlace {
  const { on, why, by } = search;
  const tab = SEGMENT_TABS.find((one) => one === search.tab);
  return {
    ...(tab ? { tab } : {}),
    ...(typeof on === 'string' && MOMENT.test(on) ? { on } : {}),
    ...(typeof why === 'string' && (why === 'find' || UUID.test(why)) ? { why } : {}),
    ...(typeof by === 'string' && KEY.test(by) ? { by } : {}),
  };
}
