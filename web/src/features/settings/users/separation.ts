/**
 * The separation of the three administrators: who runs, who grants and who audits are three people.
 * The server decides by the same rights; this only shows beforehand what it would refuse.
 */
import type { RoleOut } from '@/api/generated/types.gen';

export const powers = ['system', 'security', 'audit'] as const;
export type Power = (typeof powers)[number];

const RIGHTS: Record<Power, readonly string[]> = {
  system: ['unit.manage', 'user.manage'],
  security: ['role.manage', 'key.manage'],
  audit: ['audit.read'],
};

/** The administrators' powers that some rights touch. */
export function powersOf(permissions: readonly string[]): Power[] {
  return powers.filter((power) => RIGHTS[power].some((right) => permissions.includes(right)));
}

type Rights = Pick<RoleOut, 'key' | 'rights' | 'excludes'>;

/** Whether these roles may lie with one person. */
export function mayBeTogether(roles: readonly Rights[]): boolean {
  const rights = roles.flatMap((role) => role.rights.map((right) => right.permission));
  const keys = new Set(roles.map((role) => role.key));
  const excluded = roles.some((role) => role.excludes.some((key) => keys.has(key)));
  return !excluded && powersOf(rights).length <= 1;
}
