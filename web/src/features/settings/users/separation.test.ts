import { expect, test } from 'vitest';
import type { RoleOut } from '@/api/generated/types.gen';
import { mayBeTogether, powersOf } from './separation';

const LABEL = { zh: '', en: '' };
const role = (key: string, permissions: string[], excludes: string[] = []): RoleOut => ({
  key,
  label: LABEL,
  excludes,
  is_shipped: true,
  is_held: false,
  holder_count: 0,
  field_rules: {},
  rights: permissions.map((permission) => ({
    permission,
    label: LABEL,
    scope: 'all',
    scope_label: LABEL,
  })),
});

test('rights count for the administrator whose power they are', () => {
  expect(powersOf(['user.manage', 'field.manage'])).toEqual(['system']);
  expect(powersOf(['user.manage', 'audit.read'])).toEqual(['system', 'audit']);
  expect(powersOf(['customer.read'])).toEqual([]);
});

test('two administrators in one person are kept apart, by role and by right', () => {
  const system = role('system_admin', ['user.manage'], ['audit_admin']);
  expect(mayBeTogether([system, role('audit_admin', [])])).toBe(false);
  expect(mayBeTogether([system, role('own', ['audit.read'])])).toBe(false);
  expect(mayBeTogether([system, role('steward', ['customer.read'])])).toBe(true);
});
