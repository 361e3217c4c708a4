/** Conditions on what people noted of a customer: a tag, and what another customer is for him. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { vocabularyQuery } from '../queries';
import type { RelationshipDraft, TagDraft } from './kinds';

const ANYBODY = 'any';

interface PartProps<Draft> {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

export function TagPart({ draft, onChange }: PartProps<TagDraft>) {
  const { t } = useTranslation('analyze');
  const { data, isPending } = useQuery(vocabularyQuery);
  return (
    <Select
      aria-label={t('tag')}
      placeholder={t(data?.tags.length === 0 ? 'noTags' : 'chooseTag')}
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width: 200 }}
      options={(data?.tags ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.tag ?? null}
      onChange={(tag) => onChange({ ...draft, tag })}
    />
  );
}

export function RelationshipPart({ draft, onChange }: PartProps<RelationshipDraft>) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const { data } = useQuery(vocabularyQuery);
  const roles = Object.entries(data?.relationships ?? {}).map(([value, label]) => ({
    value,
    label: inLanguage(label, language),
  }));
  return (
    <Select
      aria-label={t('relationship')}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width: 200 }}
      options={[{ value: ANYBODY, label: t('anyRelationship') }, ...roles]}
      value={draft.role}
      onChange={(role) => onChange({ ...draft, role })}
    />
  );
}
