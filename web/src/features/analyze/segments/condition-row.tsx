/** One condition: a field and how it compares, or an event and how often it happened. */
import { CloseOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { Book, ConditionDraft, EventDraft, FieldDraft } from './draft';
import styles from './segments.module.css';
import { ValuesInput } from './value-input';

const SPANS = [7, 14, 30, 60, 90, 180, 365] as const;
const EVER = 0;

interface PartProps<Draft> {
  draft: Draft;
  book: Book;
  events: readonly string[];
  onChange: (draft: Draft) => void;
}

function FieldPart({ draft, book, onChange }: PartProps<FieldDraft>) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const field = draft.field === undefined ? undefined : book.fields.get(draft.field);
  const fitting = [...book.operators.values()].filter(({ kinds }) => field && kinds.includes(field.kind));
  const operator = fitting.find(({ key }) => key === draft.op);
  return (
    <>
      <Select
        aria-label={t('field')}
        placeholder={t('chooseField')}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 200 }}
        options={[...book.fields.values()].map(({ key, label }) => ({
          value: key,
          label: inLanguage(label, language),
        }))}
        value={draft.field ?? null}
        onChange={(key) => {
          const kind = book.fields.get(key)?.kind ?? '';
          const able = [...book.operators.values()].filter(({ kinds }) => kinds.includes(kind));
          const first = able.find(({ takes }) => takes !== 'none');
          onChange({ ...draft, field: key, op: first?.key, values: [] });
        }}
      />
      {field && (
        <Select
          aria-label={t('operator')}
          style={{ width: 180 }}
          options={fitting.map(({ key, label }) => ({ value: key, label: inLanguage(label, language) }))}
          value={draft.op ?? null}
          onChange={(op) => {
            const keeps = book.operators.get(op)?.takes === operator?.takes;
            onChange({ ...draft, op, values: keeps ? draft.values : [] });
          }}
        />
      )}
      {field && operator && (
        <ValuesInput
          key={operator.takes}
          field={field}
          takes={operator.takes}
          values={draft.values}
          onChange={(values) => onChange({ ...draft, values })}
        />
      )}
    </>
  );
}

function EventPart({ draft, events, onChange }: PartProps<EventDraft>) {
  const { t } = useTranslation('analyze');
  return (
    <>
      <Select
        aria-label={t('event')}
        placeholder={t('chooseEvent')}
        showSearch
        style={{ width: 200 }}
        options={events.map((name) => ({ value: name, label: name }))}
        value={draft.event ?? null}
        onChange={(event) => onChange({ ...draft, event })}
      />
      <Select
        aria-label={t('did')}
        style={{ width: 130 }}
        options={[
          { value: 'yes', label: t('happened') },
          { value: 'no', label: t('notHappened') },
        ]}
        value={draft.hasHappened ? 'yes' : 'no'}
        onChange={(next) => onChange({ ...draft, hasHappened: next === 'yes' })}
      />
      {draft.hasHappened && (
        <InputNumber
          aria-label={t('times')}
          min={1}
          max={1_000_000}
          precision={0}
          suffix={t('timesUnit')}
          style={{ width: 140 }}
          value={draft.times}
          onChange={(times) => onChange({ ...draft, times: times ?? 1 })}
        />
      )}
      <Select
        aria-label={t('within')}
        style={{ width: 180 }}
        options={[
          ...SPANS.map((days) => ({ value: Number(days), label: t('lastDays', { days }) })),
          { value: EVER, label: t('ever') },
        ]}
        value={draft.days ?? EVER}
        onChange={(days) => onChange({ ...draft, days: days === EVER ? undefined : days })}
      />
    </>
  );
}

interface ConditionRowProps extends PartProps<ConditionDraft> {
  /** 且 or 或, before all rows but the first. */
  join: string;
  onRemove: () => void;
}

export function ConditionRow({ draft, join, onRemove, ...rest }: ConditionRowProps) {
  const { t } = useTranslation('analyze');
  return (
    <li className={styles.row}>
      <span className={styles.join}>{join}</span>
      <div className={styles.parts}>
        {draft.kind === 'field' ? (
          <FieldPart {...rest} draft={draft} />
        ) : (
          <EventPart {...rest} draft={draft} />
        )}
      </div>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('remove')}
        title={t('remove')}
        onClick={onRemove}
      />
    </li>
  );
}
