/** Writing a questionnaire: questions at the left, what people will see at the right. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { LazySurveyForm } from '@/components/survey/lazy-survey-form';
import { purposesQuery } from '../queries';
import styles from './builder.module.css';
import {
  type Draft,
  kinds,
  moved,
  newQuestion,
  questionsOf,
  type Tongue,
  toDefinition,
  tongueNames,
  tongues,
  tongueTags,
  withQuestion,
} from './draft';
import { withNotices } from './notices';
import { QuestionCard } from './question-card';

/** What only the customer himself can answer. */
const notInInterviews: ReadonlySet<string> = new Set(['file', 'consent']);

interface BuilderTabProps {
  /** A mode of surveys, or `interview`: questions are asked aloud, with what to ask further. */
  mode: string;
  draft: Draft;
  isReadOnly: boolean;
  onChange: (draft: Draft) => void;
}

function AddQuestion({ mode, onAdd }: { mode: string; onAdd: (kind: (typeof kinds)[number]) => void }) {
  const { t } = useTranslation('surveys');
  const offered = kinds.filter((kind) => mode !== 'interview' || !notInInterviews.has(kind));
  const items = offered.map((kind) => ({ key: kind, label: t(`kinds.${kind}`), onClick: () => onAdd(kind) }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon={<PlusOutlined />}>{t('addQuestion')}</Button>
    </Dropdown>
  );
}

function Preview({ mode, draft, tongue }: { mode: string; draft: Draft; tongue: Tongue }) {
  const isAsked = mode === 'interview';
  const { t } = useTranslation('surveys');
  const seen = useDeferredValue(draft);
  const { data: purposes } = useQuery(purposesQuery);
  const definition = useMemo(() => toDefinition(withNotices(seen, purposes ?? [])), [seen, purposes]);
  return (
    <div className={styles.preview}>
      <Card title={t(isAsked ? 'previewAsked' : 'preview')} isPadded={false}>
        <div className={styles.paper}>
          <LazySurveyForm definition={definition} language={tongueTags[tongue]} isBare={isAsked} />
        </div>
      </Card>
    </div>
  );
}

export function BuilderTab({ mode, draft, isReadOnly, onChange }: BuilderTabProps) {
  const { t } = useTranslation('surveys');
  const [tongue, setTongue] = useState<Tongue>('default');
  const [open, setOpen] = useState<string | null>(null);
  const all = questionsOf(draft);
  const add = (at: number, kind: (typeof kinds)[number]) => {
    const question = newQuestion(kind, draft);
    const pages = draft.pages.map((page, i) =>
      i === at ? { ...page, elements: [...page.elements, question] } : page,
    );
    onChange({ ...draft, pages });
    setOpen(question.name);
  };
  const addPage = () =>
    onChange({ ...draft, pages: [...draft.pages, { name: `page${draft.pages.length + 1}`, elements: [] }] });
  return (
    <div className={styles.columns}>
      <fieldset className={styles.form} disabled={isReadOnly}>
        <legend className="k-unseen">{t('questions')}</legend>
        <div className="k-row k-wrap">
          <span className="k-caption">{t('editing')}</span>
          <Segmented<Tongue>
            label={t('editing')}
            value={tongue}
            options={tongues.map((one) => ({ value: one, label: tongueNames[one] }))}
            onChange={setTongue}
          />
        </div>
        <Input
          aria-label={t('surveyTitle')}
          size="large"
          value={draft.title[tongue] ?? ''}
          placeholder={draft.title.default ?? t('surveyTitle')}
          onChange={(event) =>
            onChange({ ...draft, title: { ...draft.title, [tongue]: event.target.value } })
          }
        />
        {draft.pages.map((page, at) => (
          <section key={page.name} className="k-stack" aria-label={t('page', { number: at + 1 })}>
            {draft.pages.length > 1 && <h2 className={styles.pageName}>{t('page', { number: at + 1 })}</h2>}
            <ol className={styles.list}>
              {page.elements.map((question) => {
                const number = all.indexOf(question);
                return (
                  <QuestionCard
                    key={question.name}
                    question={question}
                    mode={mode}
                    number={number + 1}
                    before={all.slice(0, number)}
                    tongue={tongue}
                    isOpen={open === question.name}
                    onToggle={() => setOpen(open === question.name ? null : question.name)}
                    onChange={(next) => onChange(withQuestion(draft, question.name, next))}
                    onMove={(step) => onChange(moved(draft, question.name, step))}
                    onRemove={() => onChange(withQuestion(draft, question.name, null))}
                  />
                );
              })}
            </ol>
            <div className="k-row">
              <AddQuestion mode={mode} onAdd={(kind) => add(at, kind)} />
              {at === draft.pages.length - 1 && <Button onClick={addPage}>{t('addPage')}</Button>}
            </div>
          </section>
        ))}
      </fieldset>
      <Preview mode={mode} draft={draft} tongue={tongue} />
    </div>
  );
}
