/**
 * What each column of a file becomes. A target is the key of a field, `@` and a role, or nothing: then the column is not kept.
 * The column that tells records apart is chosen beside them, because it may fill a field as well.
 */
import type { ProposalOut } from '@/api/generated/types.gen';

export const ROLES = ['unit', 'owner', 'at'] as const;
export type Role = (typeof ROLES)[number];
export const IGNORED = '';
export const PROPERTY = '@property';

export type Targets = Readonly<Record<string, string>>;

export interface Draft {
  targets: Targets;
  /** The column that tells records apart. */
  key: string | undefined;
}

type Known = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Known => typeof value === 'object' && value !== null;
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What the import holds already: the proposals, or what the person chose before the trial. */
export function draftOf(proposals: readonly ProposalOut[], mapping: Known): Draft {
  const columns = isRecord(mapping.columns) ? mapping.columns : {};
  const roles = new Map(
    ROLES.flatMap((role) => {
      const column = text(mapping[role]);
      return column === undefined ? [] : [[column, role] as const];
    }),
  );
  const targetOf = ({ column }: ProposalOut) => {
    const played = roles.get(column);
    return played ? `@${played}` : (text(columns[column]) ?? IGNORED);
  };
  return {
    targets: Object.fromEntries(proposals.map((proposal) => [proposal.column, targetOf(proposal)])),
    key: text(mapping.key),
  };
}

/** What `run` is sent. */
export function toMapping({ targets, key }: Draft): Record<string, unknown> {
  const chosen = Object.entries(targets).filter(([, target]) => target !== IGNORED);
  const roles = ROLES.flatMap((role) => {
    const column = chosen.find(([, target]) => target === `@${role}`)?.[0];
    return column === undefined ? [] : [[role, column] as const];
  });
  return {
    columns: Object.fromEntries(chosen.filter(([, target]) => !target.startsWith('@'))),
    ...(key === undefined ? {} : { key }),
    ...Object.fromEntries(roles),
  };
}

/** Targets that more than one column has; a field takes one column only. */
export function doubles(targets: Targets): ReadonlySet<string> {
  const counted = new Map<string, number>();
  for (const target of Object.values(targets)) {
    if (target !== IGNORED && target !== PROPERTY) counted.set(target, (counted.get(target) ?? 0) + 1);
  }
  return new Set([...counted].filter(([, count]) => count > 1).map(([target]) => target));
}

export function hasField({ targets }: Draft): boolean {
  return Object.values(targets).some((target) => target !== IGNORED && !target.startsWith('@'));
}

/** As `draftOf`, for a file of events: what is no field of an event stays with it as a property, under its own name. */
export function eventDraftOf(
  proposals: readonly ProposalOut[],
  mapping: Known,
  fields: ReadonlySet<string>,
): Draft {
  const columns = isRecord(mapping.columns) ? mapping.columns : {};
  const targetOf = ({ column }: ProposalOut) => {
    if (mapping.event_at === column) return 'event_at';
    const target = text(columns[column]);
    if (target === undefined) return IGNORED;
    return fields.has(target) ? target : PROPERTY;
  };
  return {
    targets: Object.fromEntries(proposals.map((proposal) => [proposal.column, targetOf(proposal)])),
    key: undefined,
  };
}

export function toEventMapping({ targets }: Draft): Record<string, unknown> {
  const kept = Object.entries(targets).filter(([, target]) => target !== IGNORED && target !== 'event_at');
  const at = Object.entries(targets).find(([, target]) => target === 'event_at')?.[0];
  return {
    columns: Object.fromEntries(
      kept.map(([column, target]) => [column, target === PROPERTY ? column : target]),
    ),
    ...(at === undefined ? {} : { event_at: at }),
  };
}

export type Attention = 'confirm' | 'look' | 'fine';

/** Whether a person has to decide, should look, or may trust what was found. */
export function attentionOf({ role, certainty, warning }: ProposalOut): Attention {
  if (role !== 'property' && (certainty === 'medium' || certainty === 'low')) return 'confirm';
  return warning || role === 'forbidden' || role === 'ignore' ? 'look' : 'fine';
}

const ORDER: Record<Attention, number> = { confirm: 0, look: 1, fine: 2 };

/** What has to be decided first, then what should be looked at; within each the order of the file. */
export function byAttention(proposals: readonly ProposalOut[]): ProposalOut[] {
  return [...proposals].sort((a, b) => ORDER[attentionOf(a)] - ORDER[attentionOf(b)]);
}
