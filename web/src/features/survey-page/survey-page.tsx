/** Answering a survey, without sign-in: the link stands behind `#`, which no server sees. Made for a telephone first. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerSurvey, readSurveyForm, saveSurveyPart } from '@/api/generated/sdk.gen';
import type { FormOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { OutsidePage } from '@/components/layout/outside-page';
import { Note } from '@/components/marks/note';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { LazySurveyForm } from '@/components/survey/lazy-survey-form';
import type { SurveyData } from '@/components/survey/survey-form';
import { ApiProblem } from '@/lib/http/problem';
import { organizationName } from '@/lib/organization';

const SAVE_AFTER = 1200;
const ENDED = new Set(['answered_already', 'survey_not_open', 'survey_quota_full', 'survey_link_not_valid']);

/** Keeps what was written: a personal link on the server, any other in this tab alone. */
function useKeeping(token: string, mode: string) {
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useCallback(
    (data: SurveyData) => {
      if (mode !== 'personal') {
        sessionStorage.setItem('kehu.survey', JSON.stringify(data));
        return;
      }
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void saveSurveyPart({ body: { token, data } }), SAVE_AFTER);
    },
    [token, mode],
  );
}

function keptHere(): SurveyData {
  try {
    return JSON.parse(sessionStorage.getItem('kehu.survey') ?? '{}') as SurveyData;
  } catch {
    return {};
  }
}

function Ended({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('surveys');
  return <EmptyState isPage title={t('answering.ended')} text={problem.detail ?? ''} />;
}

function Form({ token, form }: { token: string; form: FormOut }) {
  const { t, i18n } = useTranslation('surveys');
  const keep = useKeeping(token, form.mode);
  const [saved] = useState(() => (form.mode === 'personal' ? form.saved : keptHere()));
  const { mutate, error, isSuccess } = useMutation({
    mutationFn: async (data: SurveyData) => {
      const { version, ticket, notices } = form;
      await answerSurvey({
        body: { token, version, ticket, notices, data, language: i18n.language },
        throwOnError: true,
      });
    },
    onSuccess: () => sessionStorage.removeItem('kehu.survey'),
  });
  if (isSuccess) return <EmptyState isPage title={t('answering.thanks')} text={t('answering.thanksText')} />;
  if (error instanceof ApiProblem && ENDED.has(error.code)) return <Ended problem={error} />;
  return (
    <>
      <h1 className="k-unseen">{t('answering.title')}</h1>
      <Note tone="neutral">{t(`answering.${form.mode as 'personal' | 'open' | 'anonymous'}`)}</Note>
      <LazySurveyForm
        definition={form.definition}
        language={i18n.language}
        saved={saved}
        onChange={keep}
        onHandIn={mutate}
      />
      <ProblemNote problem={error} />
    </>
  );
}

function Opened({ token }: { token: string }) {
  const query = useQuery({
    queryKey: ['survey-form', token],
    queryFn: async ({ signal }) =>
      (await readSurveyForm({ body: { token }, signal, throwOnError: true })).data,
    retry: false,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.error instanceof ApiProblem && ENDED.has(query.error.code))
    return <Ended problem={query.error} />;
  return <QueryView query={query}>{(form) => <Form token={token} form={form} />}</QueryView>;
}

export function SurveyPage() {
  const { t } = useTranslation('surveys');
  const token = location.hash.slice(1);
  const name = organizationName();
  const title = name ? t('answering.titleOf', { name }) : t('answering.title');
  return (
    <OutsidePage title={title}>
      {token ? (
        <Opened token={token} />
      ) : (
        <EmptyState isPage title={t('answering.noLink')} text={t('answering.noLinkText')} />
      )}
    </OutsidePage>
  );
}
