/** Targets that are no fields of the registry: parts of an event, parts of what somebody said, and what tells whose it is. */
export const EVENT_FIELDS = [
  'event_at',
  'event_name',
  'message_id',
  'amount',
  'currency',
  'product',
  'channel',
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

export const CONSENT_FIELDS = [
  'purpose',
  'consent_state',
  'said_at',
  'consent_channels',
  'evidence',
  'notice_version',
  'valid_until',
  'record_key',
] as const;

const IDENTIFYING = [
  'customer_no',
  'user_id',
  'anonymous_id',
  'resident_id',
  'mobile',
  'bank_card',
  'account_no',
  'email',
] as const;

/** What tells whose consent it is. */
export const CONSENT_SUBJECTS: ReadonlySet<string> = new Set(IDENTIFYING);
/** What tells to whom an event happened; a phone needs the name beside it. */
export const EVENT_SUBJECTS: ReadonlySet<string> = new Set([...IDENTIFYING, 'name']);
export const EVENT_TARGETS: ReadonlySet<string> = new Set([...EVENT_FIELDS, ...EVENT_SUBJECTS]);
