/** What people said: the measure with its interval, its trend, by unit, and each question. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultsOut, SurveyOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Figures } from '@/components/layout/figures';
import { Segmented } from '@/components/layout/segmented';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { resultsQuery, type Step } from '../queries';
import { useFigures } from './figures';
import { QuestionResult } from './question-result';
import { SegmentsCard } from './segments-card';
import { TrendChart } from './trend-chart';
import { UnitsTable } from './units-table';

function Headline({ results, survey }: { results: ResultsOut; survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const figures = useFigures();
  const { headline, measure } = results;
  const shown = [];
  if (headline) {
    shown.push({
      key: 'headline',
      label: t(`measures.${measure as 'nps' | 'csat' | 'ces'}`),
      value: figures.value(headline.value, measure),
      basis: figures.interval(headline, measure),
    });
  }
  shown.push({ key: 'answers', label: t('answers'), value: format.count(results.answers) });
  if (survey.mode === 'personal') {
    const rate = results.invited > 0 ? format.share(results.answered / results.invited) : '—';
    shown.push(
      { key: 'invited', label: t('invitedCount'), value: format.count(results.invited) },
      {
        key: 'rate',
        label: t('responseRate'),
        value: rate,
        basis: t('openedCount', { number: format.count(results.opened) }),
      },
    );
  }
  return <Figures figures={shown} />;
}

export function ResultsTab({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const can = useCan();
  const [step, setStep] = useState<Step>('month');
  const query = useQuery(resultsQuery(survey.id, step));
  return (
    <QueryView query={query}>
      {(results) => {
        if (results.is_withheld) {
          return <EmptyState title={t('withheld', { number: results.threshold })} text={t('withheldText')} />;
        }
        if (results.answers === 0) return <EmptyState title={t('noAnswers')} text={t('noAnswersText')} />;
        const steps = (['week', 'month'] as const).map((value) => ({ value, label: t(`steps.${value}`) }));
        return (
          <>
            <Headline results={results} survey={survey} />
            {results.trend.length > 1 && (
              <Card
                title={t('trend')}
                extra={<Segmented<Step> label={t('step')} value={step} options={steps} onChange={setStep} />}
              >
                <TrendChart points={results.trend} measure={results.measure} step={step} />
              </Card>
            )}
            {results.units.length > 0 && (
              <Card title={t('byUnit')} isPadded={false}>
                <UnitsTable
                  points={results.units}
                  measure={results.measure}
                  title={t('byUnit')}
                  head={t('unit')}
                />
              </Card>
            )}
            {survey.mode !== 'anonymous' && can('segment.read') && <SegmentsCard survey={survey} />}
            {results.campaigns.length > 0 && (
              <Card title={t('byCampaign')} isPadded={false}>
                <UnitsTable
                  points={results.campaigns}
                  measure={results.measure}
                  title={t('byCampaign')}
                  head={t('campaign')}
                />
              </Card>
            )}
            {results.questions.map((question, at) => (
              <QuestionResult key={question.name} surveyId={survey.id} question={question} number={at + 1} />
            ))}
          </>
        );
      }}
    </QueryView>
  );
}
