/** Events one after another: the steps in their order, and how long they may take. */
import { ArrowRightOutlined, CloseOutlined, OrderedListOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './builder.module.css';
import { type Book, FEWEST_STEPS, MOST_STEPS, newStep, type SequenceDraft, type StepDraft } from './kinds';
import { AddProperty, EventSelect, WhereRows } from './step-parts';
import { Amount, WindowPart } from './when-parts';

interface SequencePartProps {
  draft: SequenceDraft;
  events: readonly string[];
  book: Book;
  onChange: (draft: SequenceDraft) => void;
}

export function SequencePart({ draft, events, book, onChange }: SequencePartProps) {
  const { t } = useTranslation('analyze');
  const { steps } = draft;
  const put = (next: readonly StepDraft[]) => onChange({ ...draft, steps: next });
  return (
    <div className={styles.sequence}>
      <div className={styles.parts}>
        <OrderedListOutlined aria-hidden />
        <b>{t('inOrder')}</b>
        <span>{t('takesAtMost')}</span>
        <Amount
          label={t('takesAtMost')}
          unit=""
          value={draft.amount}
          onChange={(amount) => onChange({ ...draft, amount })}
        />
        <Select
          aria-label={t('spanUnit')}
          style={{ width: 90 }}
          options={(['days', 'hours'] as const).map((unit) => ({ value: unit, label: t(unit) }))}
          value={draft.unit}
          onChange={(unit: SequenceDraft['unit']) => onChange({ ...draft, unit })}
        />
        <WindowPart
          id={draft.id}
          value={draft.window}
          onChange={(window) => onChange({ ...draft, window })}
        />
      </div>
      <ol className={styles.steps}>
        {steps.map((step, place) => {
          const change = (next: StepDraft) => put(steps.map((one) => (one.id === next.id ? next : one)));
          return (
            <li key={step.id} className={styles.step}>
              {place > 0 && <ArrowRightOutlined aria-hidden className={styles.arrow} />}
              <div className={styles.stepBody}>
                <div className={styles.parts}>
                  <b className={styles.number}>{place + 1}</b>
                  <EventSelect step={step} events={events} onChange={change} />
                  <AddProperty step={step} onChange={change} />
                  {steps.length > FEWEST_STEPS && (
                    <Button
                      type="text"
                      size="small"
                      icon={<CloseOutlined />}
                      aria-label={t('removeStep', { number: place + 1 })}
                      title={t('removeStep', { number: place + 1 })}
                      onClick={() => put(steps.filter(({ id }) => id !== step.id))}
                    />
                  )}
                </div>
                <WhereRows step={step} book={book} onChange={change} />
              </div>
            </li>
          );
        })}
        {steps.length < MOST_STEPS && (
          <li>
            <Button
              type="dashed"
              size="small"
              icon={<PlusOutlined />}
              onClick={() => put([...steps, newStep()])}
            >
              {t('addStep')}
            </Button>
          </li>
        )}
      </ol>
    </div>
  );
}
