/** Which fields a person enters by hand, for a person and for an organization, in their sections. */
import type { RegistryField } from '@/api/generated/types.gen';
import type { FieldBook } from '../field-book';

export type Party = 'p' | 'o';

/** Asked for at once; the rest follows on request. */
const FIRST: Record<Party, readonly string[]> = {
  p: ['name', 'mobile', 'resident_id', 'sex', 'birth_date', 'email', 'address'],
  o: ['name', 'uscc', 'legal_representative', 'mobile', 'landline', 'email', 'address'],
};

/** Systems give these, nobody types them. */
const MADE_BY_SYSTEMS = new Set(['anonymous_id', 'user_id', 'wechat_union_id', 'account_no', 'region']);

export function enterableFields(book: FieldBook, party: Party): readonly RegistryField[] {
  const own = party === 'p' ? 'person' : 'organization';
  return book.fields.filter(
    (field) => (field.party === 'any' || field.party === own) && !MADE_BY_SYSTEMS.has(field.key),
  );
}

export function firstFields(book: FieldBook, party: Party): readonly RegistryField[] {
  const fields = enterableFields(book, party);
  return FIRST[party].flatMap((key) => fields.filter((field) => field.key === key));
}

export function furtherFields(book: FieldBook, party: Party): readonly RegistryField[] {
  return enterableFields(book, party).filter((field) => !FIRST[party].includes(field.key));
}

/** By section, in the order of the registry. */
export function bySection<Entry extends { section: string }>(
  fields: readonly Entry[],
): readonly { section: string; fields: readonly Entry[] }[] {
  const sections = [...new Set(fields.map((field) => field.section))];
  return sections.map((section) => ({
    section,
    fields: fields.filter((field) => field.section === section),
  }));
}

/** What was written, without what was left empty. */
export function written(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])),
  );
}
