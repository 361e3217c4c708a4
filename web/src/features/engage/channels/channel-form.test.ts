import { expect, test } from 'vitest';
import type { ChannelOut } from '@/api/generated/types.gen';
import { EMPTY, fromChannel, isWhole, toChange } from './channel-form';

const known: ChannelOut = {
  key: 'mail',
  name: '行内邮件',
  kind: 'email',
  settings: {
    host: 'mail.example.com',
    port: 465,
    security: 'tls',
    from_address: 'a@b.example',
    imap_port: 1993,
  },
  limits: { per_second: 5, connections: 7 },
  secrets: ['password'],
  is_active: true,
  changed_at: '2026-11-22T00:00:00Z',
  dns: null,
};

test('what the form does not show stays as it was', () => {
  const change = toChange({ ...fromChannel(known), name: ' 改名 ' }, known);
  expect(change.name).toBe('改名');
  expect(change.settings).toMatchObject({ imap_port: 1993, port: 465, security: 'tls' });
  expect(change.limits).toMatchObject({ per_second: 5, connections: 7 });
});

test('a secret that is left empty is not sent, but the previous one can be dropped', () => {
  const change = toChange({ ...fromChannel(known), secrets: { password: '', previous_secret: '' } }, known);
  expect(change.secrets).toEqual({ previous_secret: '' });
});

test('a form is whole with key, name and where it leads', () => {
  expect(isWhole(EMPTY)).toBe(false);
  expect(isWhole(fromChannel(known))).toBe(true);
  expect(isWhole({ ...EMPTY, key: 'Bad', name: 'x', text: { host: 'h', from_address: 'a@b' } })).toBe(false);
  expect(
    isWhole({ ...EMPTY, key: 'hook', name: 'x', kind: 'webhook', text: { url: 'https://x.example' } }),
  ).toBe(true);
});
