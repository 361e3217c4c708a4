/** What of a field somebody has changed: only that is sent, and only that is audited. */
import type { FieldChange, RegistryField } from '@/api/generated/types.gen';
import { type DataClass, type Survivorship, toDataClass, toSurvivorship } from './field-words';

export interface FieldForm {
  zh: string;
  en: string;
  section: string;
  dataClass: DataClass;
  isListed: boolean;
  isActive: boolean;
  synonyms: string[];
  survivorship: Survivorship;
}

export function toForm(field: RegistryField): FieldForm {
  return {
    zh: field.label.zh,
    en: field.label.en,
    section: field.section,
    dataClass: toDataClass(field.data_class),
    isListed: field.is_listed,
    isActive: field.is_active,
    synonyms: field.synonyms,
    survivorship: toSurvivorship(field.survivorship),
  };
}

export function toChange(field: RegistryField, form: FieldForm): FieldChange {
  const [zh, en] = [form.zh.trim(), form.en.trim()];
  const hasOtherWords = form.synonyms.join('\n') !== field.synonyms.join('\n');
  return {
    ...(zh !== field.label.zh || en !== field.label.en ? { label: { zh, en } } : {}),
    ...(form.section !== field.section ? { section: form.section } : {}),
    ...(form.dataClass !== field.data_class ? { data_class: form.dataClass } : {}),
    ...(form.isListed !== field.is_listed ? { is_listed: form.isListed } : {}),
    ...(form.isActive !== field.is_active ? { is_active: form.isActive } : {}),
    ...(hasOtherWords ? { synonyms: form.synonyms } : {}),
    ...(form.survivorship !== field.survivorship ? { survivorship: form.survivorship } : {}),
  };
}

/** Whether customers take another value from then on. */
export function isRecomputed(change: FieldChange): boolean {
  return change.survivorship !== undefined;
}

/** Whether the field becomes personal, so that all that lies clear of it is sealed. */
export function isRaised(change: FieldChange): boolean {
  return change.data_class === 'C2';
}
