/** An account as the form holds it, and as the server takes it. A secret that stays empty is not sent: it is kept. */
import type { ChannelChange, ChannelOut } from '@/api/generated/types.gen';

export type Kind = 'email' | 'webhook';
export type Security = 'starttls' | 'tls' | 'none';

export interface ChannelForm {
  key: string;
  name: string;
  kind: Kind;
  isActive: boolean;
  text: Readonly<Record<string, string>>;
  numbers: Readonly<Record<string, number>>;
  security: Security;
  isCertificateChecked: boolean;
  secrets: Readonly<Record<string, string>>;
  makesKey: boolean;
}

const EMAIL_TEXT = [
  'host',
  'username',
  'from_address',
  'from_name',
  'reply_to',
  'dkim_domain',
  'dkim_selector',
  'imap_host',
  'imap_username',
];
const LIMITS = ['per_second', 'window_count', 'window_seconds'];
export const PORTS: Readonly<Record<Security, number>> = { starttls: 587, tls: 465, none: 25 };

export const EMPTY: ChannelForm = {
  key: '',
  name: '',
  kind: 'email',
  isActive: true,
  text: { dkim_selector: 'kehu' },
  numbers: { port: 587 },
  security: 'starttls',
  isCertificateChecked: true,
  secrets: {},
  makesKey: false,
};

const textOf = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );

const numbersOf = (values: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
  );

function securityOf(value: unknown): Security {
  return value === 'tls' || value === 'none' ? value : 'starttls';
}

export function fromChannel(channel: ChannelOut): ChannelForm {
  return {
    key: channel.key,
    name: channel.name,
    kind: channel.kind === 'webhook' ? 'webhook' : 'email',
    isActive: channel.is_active,
    text: textOf(channel.settings),
    numbers: { ...numbersOf(channel.settings), ...channel.limits },
    security: securityOf(channel.settings.security),
    isCertificateChecked: channel.settings.is_certificate_checked !== false,
    secrets: {},
    makesKey: false,
  };
}

function settingsOf(form: ChannelForm, known: Record<string, unknown>): Record<string, unknown> {
  if (form.kind === 'webhook') return { ...known, url: (form.text.url ?? '').trim() };
  const text = Object.fromEntries(EMAIL_TEXT.map((name) => [name, (form.text[name] ?? '').trim()]));
  const isSigned = text.dkim_domain !== '';
  return {
    ...known,
    ...text,
    dkim_selector: isSigned ? text.dkim_selector : '',
    port: form.numbers.port ?? PORTS[form.security],
    security: form.security,
    is_certificate_checked: form.isCertificateChecked,
  };
}

/** What the form does not show (timeouts, ports of IMAP) stays as the server knows it. */
export function toChange(form: ChannelForm, known: ChannelOut | undefined): ChannelChange {
  const limits = Object.fromEntries(LIMITS.map((name) => [name, form.numbers[name] ?? 0]));
  const given = Object.entries(form.secrets).filter(
    ([name, value]) => value !== '' || name === 'previous_secret',
  );
  return {
    name: form.name.trim(),
    settings: settingsOf(form, known?.settings ?? {}),
    limits: { ...known?.limits, ...limits },
    secrets: Object.fromEntries(given),
    makes_dkim_key: form.kind === 'email' && form.makesKey && form.text.dkim_domain !== '',
    is_active: form.isActive,
  };
}

export function isWhole(form: ChannelForm): boolean {
  const { text } = form;
  const isReached = form.kind === 'webhook' ? Boolean(text.url) : Boolean(text.host && text.from_address);
  return /^[a-z][a-z0-9_]{0,63}$/.test(form.key) && form.name.trim() !== '' && isReached;
}
