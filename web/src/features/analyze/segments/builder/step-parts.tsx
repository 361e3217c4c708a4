/** An event, and the conditions on its properties. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './builder.module.css';
import { ComparisonPart, firstComparison } from './comparison-part';
import { type Book, newProperty, type PropertyDraft, type StepDraft, type Value } from './kinds';
import { propertiesQuery } from './names';

interface StepProps {
  step: StepDraft;
  events: readonly string[];
  book: Book;
  onChange: (step: StepDraft) => void;
}

export function EventSelect({ step, events, onChange }: Omit<StepProps, 'book'>) {
  const { t } = useTranslation('analyze');
  const known = step.event && !events.includes(step.event) ? [...events, step.event] : events;
  return (
    <Select
      aria-label={t('event')}
      placeholder={t('chooseEvent')}
      showSearch
      notFoundContent={t('noEvents')}
      popupMatchSelectWidth={false}
      style={{ width: 200 }}
      options={known.map((name) => ({ value: name, label: name }))}
      value={step.event ?? null}
      onChange={(event) => onChange({ ...step, event, where: step.event === event ? step.where : [] })}
    />
  );
}

export function AddProperty({ step, onChange }: Pick<StepProps, 'step' | 'onChange'>) {
  const { t } = useTranslation('analyze');
  return (
    <Button
      type="link"
      size="small"
      icon={<PlusOutlined />}
      disabled={step.event === undefined}
      onClick={() => onChange({ ...step, where: [...step.where, newProperty()] })}
    >
      {t('addProperty')}
    </Button>
  );
}

/** Properties of yes and no are compared by their text, as the server has them. */
const told = (value: Value | undefined) => (typeof value === 'boolean' ? String(value) : value);

interface PropertyRowProps {
  draft: PropertyDraft;
  kinds: ReadonlyMap<string, string>;
  book: Book;
  isFirst: boolean;
  onChange: (draft: PropertyDraft) => void;
  onRemove: () => void;
}

function PropertyRow({ draft, kinds, book, isFirst, onChange, onRemove }: PropertyRowProps) {
  const { t } = useTranslation('analyze');
  const meant = book.operators.get(draft.op ?? '')?.kinds ?? [];
  const seen = kinds.get(draft.property ?? '');
  const kind = seen && (meant.length === 0 || meant.includes(seen)) ? seen : (meant[0] ?? 'text');
  const values =
    kind === 'yes_no'
      ? draft.values.map((value) => (value === undefined ? value : value === 'true'))
      : draft.values;
  return (
    <li className={styles.property}>
      <span className="k-caption">{t(isFirst ? 'where' : 'joins.all')}</span>
      <AutoComplete
        aria-label={t('property')}
        placeholder={t('chooseProperty')}
        showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
        style={{ width: 160 }}
        options={[...kinds.keys()].map((name) => ({ value: name, label: name }))}
        value={draft.property ?? ''}
        onChange={(name: string) => {
          const next = kinds.get(name);
          const fresh = next && next !== kind ? firstComparison(next, book) : { op: draft.op ?? 'is' };
          onChange({ ...draft, ...fresh, property: name || undefined });
        }}
      />
      {draft.property && (
        <ComparisonPart
          subject={{ key: `${draft.id}`, label: { zh: '', en: '' }, kind, codes: {} }}
          value={{ ...draft, values }}
          book={book}
          onChange={(next) => onChange({ ...draft, ...next, values: next.values.map(told) })}
        />
      )}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('removeProperty')}
        title={t('removeProperty')}
        onClick={onRemove}
      />
    </li>
  );
}

export function WhereRows({ step, book, onChange }: Omit<StepProps, 'events'>) {
  const { data = [] } = useQuery(propertiesQuery(step.event));
  const kinds = new Map(data.map(({ name, kind }) => [name, kind]));
  const put = (where: readonly PropertyDraft[]) => onChange({ ...step, where });
  if (step.where.length === 0) return null;
  return (
    <ul className={styles.where}>
      {step.where.map((draft, place) => (
        <PropertyRow
          key={draft.id}
          draft={draft}
          kinds={kinds}
          book={book}
          isFirst={place === 0}
          onChange={(next) => put(step.where.map((one) => (one.id === next.id ? next : one)))}
          onRemove={() => put(step.where.filter(({ id }) => id !== draft.id))}
        />
      ))}
    </ul>
  );
}
