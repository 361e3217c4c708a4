/** One condition of a group, with what the server finds wrong with it. */
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Remaining } from '../preview/remaining';
import styles from './builder.module.css';
import type { ConditionDraft, EventDraft } from './kinds';
import { SequencePart } from './sequence-part';
import type { Setting } from './setting';
import { AddProperty, EventSelect, WhereRows } from './step-parts';
import { SubjectPart } from './subject-part';
import { TimesPart, WindowPart } from './when-parts';

interface ConditionRowProps {
  draft: ConditionDraft;
  setting: Setting;
  /** 且 or 或, before all rows but the first. */
  join: string;
  /** Who meets it is taken away. */
  isTaken: boolean;
  onChange: (draft: ConditionDraft) => void;
  onRemove: () => void;
}

function EventPart({
  draft,
  setting,
  onChange,
}: {
  draft: EventDraft;
  setting: Setting;
  onChange: (draft: EventDraft) => void;
}) {
  const { step, times, window } = draft;
  return (
    <>
      <div className={styles.parts}>
        <EventSelect
          step={step}
          events={setting.events}
          onChange={(next) => onChange({ ...draft, step: next })}
        />
        <TimesPart value={times} onChange={(next) => onChange({ ...draft, times: next })} />
        <WindowPart id={draft.id} value={window} onChange={(next) => onChange({ ...draft, window: next })} />
      </div>
      <WhereRows step={step} book={setting.book} onChange={(next) => onChange({ ...draft, step: next })} />
      <div>
        <AddProperty step={step} onChange={(next) => onChange({ ...draft, step: next })} />
      </div>
    </>
  );
}

function Parts({ draft, setting, onChange }: Pick<ConditionRowProps, 'draft' | 'setting' | 'onChange'>) {
  const { book, events, self, channels } = setting;
  if (draft.kind === 'event') return <EventPart draft={draft} setting={setting} onChange={onChange} />;
  if (draft.kind === 'sequence') {
    return <SequencePart draft={draft} events={events} book={book} onChange={onChange} />;
  }
  return (
    <div className={styles.parts}>
      <SubjectPart draft={draft} book={book} self={self} channels={channels} onChange={onChange} />
    </div>
  );
}

export function ConditionRow({ draft, setting, join, isTaken, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation('analyze');
  const said = setting.mistake?.id === draft.id ? setting.mistake.said : undefined;
  return (
    <li className={styles.row} data-wrong={said !== undefined}>
      <span className={styles.join}>{join}</span>
      <div className={styles.condition}>
        <Parts draft={draft} setting={setting} onChange={onChange} />
        {said !== undefined && (
          <p className={styles.said} role="alert">
            {said}
          </p>
        )}
      </div>
      <Remaining id={draft.id} remains={setting.remains} isTaken={isTaken} />
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
