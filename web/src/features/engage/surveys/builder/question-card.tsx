/** One question: closed it is a line that says what it asks, open it is edited. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { Tag } from '@/components/marks/tag';
import styles from './builder.module.css';
import { ChoicesEditor } from './choices-editor';
import { ConsentAsks } from './consent-asks';
import { isScale, type Question, type Tongue, textOf, type Words } from './draft';
import { VisibleIf } from './visible-if';

interface EditorProps {
  question: Question;
  mode: string;
  before: readonly Question[];
  tongue: Tongue;
  onChange: (next: Question) => void;
}

function Texts({ question, tongue, onChange }: Omit<EditorProps, 'before' | 'mode'>) {
  const { t } = useTranslation('surveys');
  const write = (key: 'title' | 'minRateDescription' | 'maxRateDescription', text: string) => {
    const words: Words = { ...question[key], [tongue]: text };
    onChange({ ...question, [key]: words });
  };
  return (
    <>
      <Field label={t('questionText')} hint={t('pipeHint')}>
        {({ status, ...control }) => (
          <Input.TextArea
            {...control}
            status={status}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={500}
            value={question.title[tongue] ?? ''}
            placeholder={question.title.default ?? ''}
            onChange={(event) => write('title', event.target.value)}
          />
        )}
      </Field>
      {isScale(question.kehuKind) && (
        <div className={styles.pair}>
          {(['minRateDescription', 'maxRateDescription'] as const).map((key) => (
            <Field key={key} label={t(key)} isOptional>
              {(control) => (
                <Input
                  {...control}
                  value={question[key]?.[tongue] ?? ''}
                  placeholder={question[key]?.default ?? ''}
                  onChange={(event) => write(key, event.target.value)}
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </>
  );
}

/** What to ask further; stands below the question while it is asked. */
function Probe({ question, tongue, onChange }: Omit<EditorProps, 'before' | 'mode'>) {
  const { t } = useTranslation('surveys');
  return (
    <Field label={t('probe')} hint={t('probeHint')} isOptional>
      {({ status, ...control }) => (
        <Input.TextArea
          {...control}
          status={status}
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={500}
          value={question.description?.[tongue] ?? ''}
          placeholder={question.description?.default ?? ''}
          onChange={(event) => {
            const description: Words = { ...question.description, [tongue]: event.target.value };
            onChange({ ...question, description });
          }}
        />
      )}
    </Field>
  );
}

function Parts({ question, tongue, onChange }: Omit<EditorProps, 'before' | 'mode'>) {
  const { t } = useTranslation('surveys');
  return (
    <>
      {(['choices', 'rows', 'columns'] as const).map((part) => {
        const found = question[part];
        return (
          found && (
            <ChoicesEditor
              key={part}
              label={t(`parts.${part}`)}
              choices={found}
              tongue={tongue}
              onChange={(next) => onChange({ ...question, [part]: next })}
            />
          )
        );
      })}
      {question.kehuKind === 'rating' && (
        <div className={styles.pair}>
          {(['rateMin', 'rateMax'] as const).map((key) => (
            <Field key={key} label={t(key)}>
              {({ status, ...control }) => (
                <InputNumber
                  {...control}
                  status={status}
                  min={0}
                  max={10}
                  precision={0}
                  value={question[key] ?? null}
                  onChange={(value) => onChange({ ...question, [key]: value ?? 1 })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </>
  );
}

function Editor({ question, mode, before, tongue, onChange }: EditorProps) {
  const { t } = useTranslation('surveys');
  const canRefuse = question.kehuKind === 'single' || question.kehuKind === 'multiple';
  return (
    <div className={styles.editor}>
      <Texts question={question} tongue={tongue} onChange={onChange} />
      {mode === 'interview' && <Probe question={question} tongue={tongue} onChange={onChange} />}
      <Parts question={question} tongue={tongue} onChange={onChange} />
      {question.kehuKind === 'consent' && mode === 'personal' && (
        <ConsentAsks question={question} onChange={onChange} />
      )}
      <VisibleIf
        value={question.visibleIf ?? ''}
        before={before}
        tongue={tongue}
        onChange={(visibleIf) => onChange({ ...question, visibleIf })}
      />
      <div className="k-row k-wrap">
        <Checkbox
          checked={question.isRequired === true}
          onChange={(event) => onChange({ ...question, isRequired: event.target.checked })}
        >
          {t('required')}
        </Checkbox>
        {canRefuse && (
          <Checkbox
            checked={question.showRefuseItem === true}
            onChange={(event) => onChange({ ...question, showRefuseItem: event.target.checked })}
          >
            {t('mayRefuse')}
          </Checkbox>
        )}
      </div>
    </div>
  );
}

interface QuestionCardProps extends EditorProps {
  number: number;
  isOpen: boolean;
  onToggle: () => void;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

export function QuestionCard(props: QuestionCardProps) {
  const { question, number, tongue, isOpen, onToggle, onMove, onRemove } = props;
  const { t } = useTranslation('surveys');
  const title = textOf(question.title, tongue);
  return (
    <li className={styles.question} data-open={isOpen}>
      <div className={styles.head}>
        <span className={styles.number}>{number}</span>
        <button
          type="button"
          className={`k-plain-button ${styles.title}`}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {title || t('untitled')}
        </button>
        {question.visibleIf && <Tag>{t('conditional')}</Tag>}
        <Tag>{t(`kinds.${question.kehuKind}`)}</Tag>
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={t('up', { title })}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={t('down', { title })}
          onClick={() => onMove(1)}
        />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('remove', { title })}
          onClick={onRemove}
        />
      </div>
      {isOpen && <Editor {...props} />}
    </li>
  );
}
