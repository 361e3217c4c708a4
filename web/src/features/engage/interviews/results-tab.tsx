/** What the interviews come to: how many, which themes, closed questions in shares, and what was said, each with its record. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AskedOut, GuideOut, SummaryOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { type Figure, Figures } from '@/components/layout/figures';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { type Kind, textOf, tongueOf, type Words } from '../surveys/builder/draft';
import { useFigures } from '../surveys/results/figures';
import { Shares } from '../surveys/results/question-result';
import bars from '../surveys/results/results.module.css';
import styles from './interviews.module.css';
import { resultsQuery } from './queries';

function Themes({ results, onTheme }: { results: SummaryOut; onTheme: (key: string) => void }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  return (
    <table className={bars.bars}>
      <tbody>
        {results.themes.map(({ key, name, share }) => (
          <tr key={key}>
            <th scope="row">
              <button type="button" className="k-plain-button k-link" onClick={() => onTheme(key)}>
                {inLanguage(name as { zh: string; en: string }, format.language)}
              </button>
            </th>
            <td className={bars.bar}>
              <span style={{ width: `${share.value * 100}%` }} />
            </td>
            <td>{format.count(Math.round(share.value * share.count))}</td>
            <td>{format.share(share.value)}</td>
            <td className="k-caption">
              {t('results.interval', {
                low: format.share(share.low ?? 0),
                high: format.share(share.high ?? 1),
              })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Asked({ asked, number }: { asked: AskedOut; number: number }) {
  const { t } = useTranslation(['interviews', 'surveys']);
  const format = useFormat();
  const figures = useFigures();
  const title = `${number}. ${textOf(asked.title as Words, tongueOf(format.language))}`;
  return (
    <Card title={title} extra={<Tag>{t(`surveys:kinds.${asked.kind as Kind}`)}</Tag>}>
      <div className="k-stack">
        <p className="k-caption" style={{ margin: 0 }}>
          {t('results.answered', { number: format.count(asked.count) })}
        </p>
        {asked.estimate && (
          <p style={{ margin: 0 }}>
            <b>{figures.value(asked.estimate.value, asked.kind)}</b>{' '}
            <span className="k-caption">{figures.interval(asked.estimate, asked.kind)}</span>
          </p>
        )}
        {asked.shares.length > 0 && <Shares question={asked} />}
        {asked.quotes.length > 0 && (
          <ul className={styles.quotes}>
            {asked.quotes.map((quote) => (
              <li key={quote.record_id}>
                <p>{quote.text}</p>
                <Link
                  to="/engage/interviews/records/$recordId"
                  params={{ recordId: quote.record_id }}
                  className="k-link k-small"
                >
                  {quote.customer || t('records.nameless')}
                </Link>{' '}
                <span className="k-caption">{format.date(quote.held_at)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

export function ResultsTab({ guide, onTheme }: { guide: GuideOut; onTheme: (key: string) => void }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  const query = useQuery(resultsQuery(guide.id));
  const figuresOf = (results: SummaryOut): Figure[] => [
    {
      key: 'talks',
      label: t('results.talks'),
      value: format.count(results.talks),
      basis: t('results.scope'),
    },
    { key: 'customers', label: t('results.customers'), value: format.count(results.customers) },
    ...(results.minutes === null
      ? []
      : [
          {
            key: 'minutes',
            label: t('results.minutes'),
            value: format.count(Math.round(results.minutes)),
            unit: t('results.minuteUnit'),
          },
        ]),
  ];
  return (
    <QueryView query={query}>
      {(results) =>
        results.talks === 0 ? (
          <EmptyState title={t('results.none')} text={t('results.noneText')} />
        ) : (
          <>
            <Figures figures={figuresOf(results)} />
            {results.themes.length > 0 && (
              <Card title={t('results.themes')}>
                <Themes results={results} onTheme={onTheme} />
              </Card>
            )}
            {results.questions.map((asked, at) => (
              <Asked key={asked.name} asked={asked} number={at + 1} />
            ))}
          </>
        )
      }
    </QueryView>
  );
}
