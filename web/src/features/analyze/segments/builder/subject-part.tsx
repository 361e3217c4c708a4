/** What a condition asks about: a field, a computed trait, the unit, consent, or another segment; and what it asks of it. */
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { ListPart } from '../lists/list-part';
import { ComparisonPart, firstComparison } from './comparison-part';
import type {
  Book,
  FieldDraft,
  ListDraft,
  MemberDraft,
  ReachDraft,
  RelationshipDraft,
  Subject,
  TagDraft,
  TraitDraft,
  UnitDraft,
} from './kinds';
import { ReachPart, SegmentPart, UnitPart } from './people-parts';
import { RelationshipPart, TagPart } from './tie-parts';

export type StandingDraft =
  | FieldDraft
  | TraitDraft
  | UnitDraft
  | ReachDraft
  | MemberDraft
  | ListDraft
  | TagDraft
  | RelationshipDraft;

/** The choice that a draft stands for. */
function choiceOf(draft: StandingDraft): string | null {
  if (draft.kind === 'field') return draft.field === undefined ? null : `field:${draft.field}`;
  return draft.kind === 'trait' ? `trait:${draft.trait}` : draft.kind;
}

function chosen(id: number, choice: string, book: Book): StandingDraft {
  const key = choice.slice(choice.indexOf(':') + 1);
  if (choice.startsWith('field:')) {
    return { id, kind: 'field', field: key, ...firstComparison(book.fields.get(key)?.kind ?? '', book) };
  }
  if (choice.startsWith('trait:')) {
    return { id, kind: 'trait', trait: key, ...firstComparison(book.traits.get(key)?.kind ?? '', book) };
  }
  if (choice === 'unit') return { id, kind: 'unit', hasBelow: true };
  if (choice === 'reach') return { id, kind: 'reach' };
  if (choice === 'relationship') return { id, kind: 'relationship', role: 'any' };
  return { id, kind: choice as 'list' | 'tag' | 'segment' };
}

function SubjectSelect({ draft, book, onChange }: SubjectPartProps) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const named = (kind: string, things: Iterable<Pick<Subject, 'key' | 'label'>>) =>
    [...things].map(({ key, label }) => ({ value: `${kind}:${key}`, label: inLanguage(label, language) }));
  const others = (['unit', 'reach', 'segment', 'list', 'tag', 'relationship'] as const)
    .filter((value) => value !== 'relationship' || book.isRelated || draft.kind === 'relationship')
    .map((value) => ({ value, label: t(`subjects.${value}`) }));
  const groups = [
    { label: t('subjects.fields'), options: named('field', book.fields.values()) },
    { label: t('subjects.others'), options: others },
    { label: t('subjects.traits'), options: named('trait', book.traits.values()) },
  ];
  return (
    <Select
      aria-label={t('field')}
      placeholder={t('chooseField')}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width: 200 }}
      options={groups.filter(({ options }) => options.length > 0)}
      value={choiceOf(draft)}
      onChange={(choice) => onChange(chosen(draft.id, choice, book))}
    />
  );
}

interface SubjectPartProps {
  draft: StandingDraft;
  book: Book;
  /** The segment that is being defined, which cannot name itself. */
  self: string | undefined;
  channels: Parameters<typeof ReachPart>[0]['channels'];
  onChange: (draft: StandingDraft) => void;
}

function Asked({ draft, book, self, channels, onChange }: SubjectPartProps) {
  switch (draft.kind) {
    case 'unit':
      return <UnitPart draft={draft} onChange={onChange} />;
    case 'reach':
      return <ReachPart draft={draft} channels={channels} onChange={onChange} />;
    case 'segment':
      return <SegmentPart draft={draft} self={self} onChange={onChange} />;
    case 'list':
      return <ListPart value={draft.list} onChange={(list) => onChange({ ...draft, list })} />;
    case 'tag':
      return <TagPart draft={draft} onChange={onChange} />;
    case 'relationship':
      return <RelationshipPart draft={draft} onChange={onChange} />;
    case 'field': {
      const field = book.fields.get(draft.field ?? '');
      if (!field) return null;
      return (
        <ComparisonPart
          subject={field}
          value={draft}
          book={book}
          onChange={(next) => onChange({ ...draft, ...next })}
        />
      );
    }
    case 'trait': {
      const trait = book.traits.get(draft.trait);
      if (!trait) return null;
      return (
        <ComparisonPart
          subject={{ ...trait, codes: {} }}
          value={draft}
          book={book}
          onChange={(next) => onChange({ ...draft, ...next })}
        />
      );
    }
  }
}

export function SubjectPart(props: SubjectPartProps) {
  return (
    <>
      <SubjectSelect {...props} />
      <Asked {...props} />
    </>
  );
}
