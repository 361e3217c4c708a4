/** Entries of the trail in words: what was done, to what, with which outcome. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEventOut, Label } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import type { Resources } from '@/locales/zh-cn';
import { nameKey, sentenceKey } from './actions';
import { namesQuery } from './queries';

export const objectKinds = [
  'customer',
  'import',
  'review',
  'identifier_kind',
  'blocked_value',
  'source',
  'user',
  'role',
  'unit',
  'field',
  'view',
  'audit',
  'key',
  'backup',
  'quarantined_event',
  'purpose',
  'segment',
  'list',
  'tag',
  'trait',
  'rfm',
  'lifecycle',
  'board',
  'dashboard_card',
  'funnel',
  'retention',
  'campaign',
  'template',
  'channel',
  'suppression',
  'sink_mail',
  'survey',
  'survey_answer',
  'interview',
  'offer',
  'task',
] as const;
type ObjectKind = keyof Resources['govern']['audit']['objects'];

/** What of a field can change. */
const properties = [
  'label_zh',
  'label_en',
  'synonyms',
  'is_listed',
  'survivorship',
  'position',
  'section',
  'data_class',
  'is_active',
] as const;

const SHOWN = 8;

export interface AuditWords {
  action: (action: string) => string;
  sentence: (entry: AuditEventOut) => string;
  object: (kind: string) => string;
  /** A reference short enough for a row, or the name that it stands for. */
  reference: (entry: AuditEventOut) => string;
  field: (key: string) => string;
}

const texts = (details: AuditEventOut['details']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  );

export function useAuditWords(): AuditWords {
  const { t } = useTranslation(['govern', 'common']);
  const format = useFormat();
  const { data } = useQuery(namesQuery);
  const label = (found: Label | undefined) => found && (format.language === 'en' ? found.en : found.zh);
  const field = (key: string) => label(data?.fields.find((known) => known.key === key)?.label) ?? key;
  const role = (key: string) => label(data?.roles.find((known) => known.key === key)?.label) ?? key;
  const unit = (id: string) => data?.units.find((known) => String(known.id) === id)?.name;
  const list = (keys: readonly string[]) => keys.map(field).join(t('common:listComma'));
  const action = (key: string) => {
    const name = nameKey(key);
    return name ? t(`audit.actions.${name}`) : key;
  };
  const property = (name: string) => {
    const key = properties.find((known) => known === name);
    return key ? t(`audit.properties.${key}`) : name;
  };
  const changed = ({ details }: AuditEventOut): readonly string[] =>
    Array.isArray(details.changed) ? details.changed.map(String) : [];
  return {
    action,
    field,
    sentence: (entry) => {
      const key = sentenceKey(entry);
      if (!key) return entry.action;
      const given = texts(entry.details);
      return t(`audit.sentences.${key}`, {
        ...given,
        fields: list(entry.fields) || t('audit.noField'),
        columns: [...new Set(changed(entry).map(property))].join(t('common:listComma')),
        rows: format.count(entry.row_count ?? 0),
        role: role(given.role ?? ''),
        kind: field(given.kind ?? ''),
      });
    },
    object: (kind) =>
      (objectKinds as readonly string[]).includes(kind) ? t(`audit.objects.${kind as ObjectKind}`) : kind,
    reference: ({ object: { kind, ref } }) => {
      if (kind === 'role') return role(ref);
      if (kind === 'field' || kind === 'identifier_kind') return field(ref);
      if (kind === 'unit') return unit(ref) ?? ref;
      return ref.length > 2 * SHOWN ? `${ref.slice(0, SHOWN)}…` : ref;
    },
  };
}
