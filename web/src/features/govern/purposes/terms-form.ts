/** The terms of a purpose as a form holds them, and as the server takes them. */
import type { PurposeOut, TermsIn } from '@/api/generated/types.gen';

export interface TermsForm {
  zh: string;
  en: string;
  key: string;
  basis: string;
  channels: readonly string[];
  days: number | null;
  hasPersonal: boolean;
  isAutomated: boolean;
  isSeparate: boolean;
  notice: Readonly<Record<string, string>>;
}

export const EMPTY: TermsForm = {
  zh: '',
  en: '',
  key: '',
  basis: 'consent',
  channels: [],
  days: 730,
  hasPersonal: false,
  isAutomated: false,
  isSeparate: false,
  notice: {},
};

/** A notice that was one text is taken over as the purpose's slot: the law's seven slots are filled from there. */
export function fromPurpose({ current }: PurposeOut): Partial<TermsForm> {
  const { text, ...slots } = current.notice;
  return {
    basis: current.legal_basis,
    channels: current.channels,
    days: current.retention_days,
    hasPersonal: current.data_classes.includes('C2'),
    isAutomated: current.is_automated,
    isSeparate: current.is_separate,
    notice: text ? { purpose: text } : slots,
  };
}

const KEY = /^[a-z][a-z0-9_]{0,63}$/;

export function isWhole(value: TermsForm, slots: readonly string[], isKnown: boolean): boolean {
  const isNamed = isKnown || (value.zh.trim() !== '' && value.en.trim() !== '' && KEY.test(value.key));
  const isTold = slots.length > 0 && slots.every((slot) => (value.notice[slot] ?? '').trim() !== '');
  return isNamed && isTold && value.channels.length > 0 && value.days !== null;
}

export function toTerms(value: TermsForm): TermsIn {
  return {
    legal_basis: value.basis,
    channels: [...value.channels],
    retention_days: value.days ?? 1,
    data_classes: value.hasPersonal ? ['C1', 'C2'] : ['C1'],
    is_automated: value.isAutomated,
    is_separate: value.isSeparate,
    notice: { ...value.notice },
  };
}
