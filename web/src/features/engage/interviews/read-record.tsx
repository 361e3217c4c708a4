/** A finished interview, to read: each question with what was answered, the themes, the notes. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TalkOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Tag } from '@/components/marks/tag';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import {
  fromDefinition,
  type Question,
  questionsOf,
  type Tongue,
  textOf,
  tongueOf,
} from '../surveys/builder/draft';
import styles from './interviews.module.css';
import { themeName, type Way } from './words';

/** An answer in words: what was chosen by its text, a matrix row by row. */
function answerText(question: Question, value: unknown, tongue: Tongue): string {
  const options = [...(question.choices ?? []), ...(question.columns ?? [])];
  const word = (one: unknown) =>
    textOf(options.find(({ value: key }) => key === one)?.text, tongue) || String(one);
  if (Array.isArray(value)) return value.map(word).join(tongue === 'en' ? ', ' : '、');
  if (value && typeof value === 'object') {
    const rows = Object.entries(value as Record<string, unknown>);
    const name = (key: string) =>
      textOf(question.rows?.find((row) => row.value === key)?.text, tongue) || key;
    return rows.map(([key, one]) => `${name(key)}：${word(one)}`).join('\n');
  }
  return word(value);
}

function Answers({ talk }: { talk: TalkOut }) {
  const { t } = useTranslation('interviews');
  const tongue = tongueOf(useFormat().language);
  return (
    <dl className={styles.answers}>
      {questionsOf(fromDefinition(talk.definition)).map((question) => {
        const value = talk.answers[question.name];
        return (
          <div key={question.name}>
            <dt>{textOf(question.title, tongue)}</dt>
            <dd>
              {value === undefined ? (
                <span className="k-caption">{t('record.unanswered')}</span>
              ) : (
                answerText(question, value, tongue)
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Basics({ talk }: { talk: TalkOut }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  return (
    <Card title={t('record.basics')}>
      <dl className={styles.answers}>
        <div>
          <dt>{t('record.way')}</dt>
          <dd>{t(`ways.${talk.way as Way}`)}</dd>
        </div>
        <div>
          <dt>{t('record.when')}</dt>
          <dd>{format.dateTime(talk.held_at)}</dd>
        </div>
        {talk.minutes !== null && (
          <div>
            <dt>{t('record.minutes')}</dt>
            <dd>{talk.minutes}</dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

export function ReadRecord({ talk }: { talk: TalkOut }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  const name = talk.customer || t('records.nameless');
  const themes = talk.themes.filter(({ key }) => talk.codes.includes(key));
  useBreadcrumb([
    { label: talk.guide, to: `/engage/interviews/${talk.guide_id}` },
    { label: name, isPersonal: true },
  ]);
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={
          <Link to="/customers/$id" params={{ id: talk.customer_id }} className="k-link">
            {name}
          </Link>
        }
        tags={<Tag>{t(`recordStates.${talk.state as 'draft' | 'done'}`)}</Tag>}
        subtitle={t('record.meta', {
          author: talk.author ?? '—',
          unit: talk.unit,
          time: format.dateTime(talk.held_at),
        })}
      />
      <PageBody>
        <div className={styles.columns}>
          <Card title={talk.guide}>
            <Answers talk={talk} />
          </Card>
          <div className={styles.side}>
            <Basics talk={talk} />
            {themes.length > 0 && (
              <Card title={t('record.themes')}>
                <span className={styles.marks}>
                  {themes.map((one) => (
                    <Tag key={one.key}>{themeName(one, format.language)}</Tag>
                  ))}
                </span>
              </Card>
            )}
            {talk.notes && (
              <Card title={t('record.notes')}>
                <p style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{talk.notes}</p>
              </Card>
            )}
            <p className="k-caption">{t('record.readonly')}</p>
          </div>
        </div>
      </PageBody>
    </Page>
  );
}
