/** One question: how often each answer was given, or what was written. */
import { useTranslation } from 'react-i18next';
import type { OfQuestionOut, ShareOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { type Kind, textOf, tongueOf, type Words } from '../builder/draft';
import { useFigures } from './figures';
import styles from './results.module.css';
import { Uploads } from './uploads';

function Bars({ shares, count }: { shares: readonly ShareOut[]; count: number }) {
  const format = useFormat();
  const tongue = tongueOf(format.language);
  return (
    <table className={styles.bars}>
      <tbody>
        {shares.map((share) => {
          const part = count > 0 ? share.count / count : 0;
          return (
            <tr key={share.value}>
              <th scope="row">{textOf(share.text as Words, tongue)}</th>
              <td className={styles.bar}>
                <span style={{ width: `${part * 100}%` }} />
              </td>
              <td>{format.share(part)}</td>
              <td className="k-caption">{format.count(share.count)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** How often each answer was given; of a matrix row by row. */
export function Shares({
  question,
}: {
  question: Pick<OfQuestionOut, 'kind' | 'shares' | 'count' | 'rows'>;
}) {
  const tongue = tongueOf(useFormat().language);
  if (question.kind !== 'matrix') return <Bars shares={question.shares} count={question.count} />;
  const rows = question.rows as { value: string; text: Words }[];
  return rows.map((row) => {
    const shares = question.shares.filter((share) => share.row === row.value);
    return (
      <section key={row.value}>
        <h3 className={styles.row}>{textOf(row.text, tongue)}</h3>
        <Bars shares={shares} count={shares.reduce((sum, { count }) => sum + count, 0)} />
      </section>
    );
  });
}

interface QuestionResultProps {
  surveyId: string;
  question: OfQuestionOut;
  number: number;
}

export function QuestionResult({ surveyId, question, number }: QuestionResultProps) {
  const canOpen = useCan()('survey.export');
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const figures = useFigures();
  const tongue = tongueOf(format.language);
  const title = `${number}. ${textOf(question.title as Words, tongue)}`;
  const { estimate } = question;
  return (
    <Card title={title} extra={<Tag>{t(`kinds.${question.kind as Kind}`)}</Tag>}>
      <div className="k-stack">
        <p className={`k-caption ${styles.line}`}>
          {t('answeredBy', { number: format.count(question.count) })}
          {question.refused > 0 && t('refusedBy', { number: format.count(question.refused) })}
          {question.kind === 'ranking' && t('firstPlace')}
        </p>
        {estimate && (
          <p className={styles.line}>
            <b>{figures.value(estimate.value, question.kind)}</b>{' '}
            <span className="k-caption">{figures.interval(estimate, question.kind)}</span>
          </p>
        )}
        {question.shares.length > 0 && <Shares question={question} />}
        {question.kind === 'file' && canOpen && <Uploads surveyId={surveyId} question={question.name} />}
        {question.texts.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard
          <ul className={styles.texts} tabIndex={0} aria-label={t('texts')}>
            {question.texts.map((text, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: answers have no id here, on purpose, and two may be the same
              <li key={at}>{text}</li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
