/** What a column becomes: a field of the registry, one of the roles, or nothing. Found by Chinese, English, key or synonym. */
import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryField } from '@/api/generated/types.gen';
import { useLabel } from '../labels';
import type { FileKind } from '../upload/send-file';
import { IGNORED, PROPERTY, ROLES } from './mapping';
import { CONSENT_FIELDS, CONSENT_SUBJECTS, EVENT_FIELDS, EVENT_SUBJECTS } from './special-targets';

const SECTIONS = ['identity', 'contact', 'background', 'account', 'figures'] as const;
type Section = (typeof SECTIONS)[number];
const isSection = (text: string): text is Section => (SECTIONS as readonly string[]).includes(text);

export interface TargetOption {
  value: string;
  label: string;
  /** What the search looks through. */
  words: string;
}

export interface TargetGroup {
  label: string;
  options: TargetOption[];
}

/** All targets in groups: what is special first, then the fields by section. */
export function useTargets(fields: readonly RegistryField[], kind: FileKind): TargetGroup[] {
  const { t } = useTranslation('collect');
  const label = useLabel();
  return useMemo(() => {
    const special = (value: string, text: string) => ({ value, label: text, words: text.toLowerCase() });
    const fieldOption = (field: RegistryField) => ({
      value: field.key,
      label: label(field.label),
      words: [field.label.zh, field.label.en, field.key, ...field.synonyms].join(' ').toLowerCase(),
    });
    const subjects = { customer: undefined, event: EVENT_SUBJECTS, consent: CONSENT_SUBJECTS }[kind];
    const used = fields.filter((field) => field.is_active && (subjects?.has(field.key) ?? true));
    const own = new Set(used.map((field) => field.key));
    const named = (value: string, text: string) => ({ ...special(value, text), words: `${text} ${value}` });
    const parts: Record<FileKind, TargetGroup[]> = {
      customer: [],
      event: [
        {
          label: t('target.eventFields'),
          options: EVENT_FIELDS.filter((key) => !own.has(key)).map((key) =>
            named(key, t(`target.event.${key}`)),
          ),
        },
      ],
      consent: [
        {
          label: t('target.consentFields'),
          options: CONSENT_FIELDS.map((key) => named(key, t(`target.consent.${key}`))),
        },
      ],
    };
    const others: Record<FileKind, TargetOption[]> = {
      customer: ROLES.map((role) => special(`@${role}`, t(`target.${role}`))),
      event: [special(PROPERTY, t('target.property'))],
      consent: [],
    };
    const sections = [...new Set(used.map((field) => field.section))];
    return [
      {
        label: t('target.special'),
        options: [special(IGNORED, t('target.ignore')), ...others[kind]],
      },
      ...parts[kind],
      ...sections.map((section) => ({
        label: isSection(section) ? t(`target.sections.${section}`) : section,
        options: used.filter((field) => field.section === section).map(fieldOption),
      })),
    ];
  }, [fields, kind, label, t]);
}

interface TargetSelectProps {
  column: string;
  groups: TargetGroup[];
  value: string;
  /** Tells records apart: then leaving it out of the fields is no loss. */
  isKey: boolean;
  isDoubtful: boolean;
  isDouble: boolean;
  onChange: (target: string) => void;
}

export function TargetSelect(props: TargetSelectProps) {
  const { column, groups, value, isKey, isDoubtful, isDouble, onChange } = props;
  const { t } = useTranslation('collect');
  return (
    <Select<string, TargetOption | TargetGroup>
      aria-label={t('target.of', { column })}
      style={{ width: 168, fontSize: 13 }}
      popupMatchSelectWidth={240}
      value={value}
      options={groups}
      labelRender={({ label }) => (isKey && value === IGNORED ? t('target.keyOnly') : label)}
      onChange={(target) => onChange(target)}
      showSearch={{
        filterOption: (input, option) =>
          option !== undefined && 'words' in option && option.words.includes(input.trim().toLowerCase()),
      }}
      {...(isDouble ? { status: 'error' as const } : isDoubtful ? { status: 'warning' as const } : {})}
    />
  );
}
