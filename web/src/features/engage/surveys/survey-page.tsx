/** One survey: its questions, how it reaches people, what they said, and what an answer sets off. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeSurvey, publishSurvey, updateSurvey } from '@/api/generated/sdk.gen';
import type { SurveyOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { Status } from '@/components/marks/status';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useCan } from '@/lib/session/me';
import { PublishButtons } from '../publish-buttons';
import styles from './builder/builder.module.css';
import { BuilderTab } from './builder/builder-tab';
import { type Draft, fromDefinition, toDefinition } from './builder/draft';
import { ExportDrawer } from './files/export-drawer';
import { surveyQuery, surveysQuery } from './queries';
import { ResultsTab } from './results/results-tab';
import { SendTab } from './send/send-tab';
import { SettingsTab } from './settings-tab';
import { type SurveyMode, type SurveyState, stateTones } from './words';

const tabs = ['questions', 'send', 'results', 'settings'] as const;
export type SurveyTab = (typeof tabs)[number];

function useActs(survey: SurveyOut, draft: Draft, isEdited: boolean, onSaved: () => void) {
  const { t } = useTranslation('surveys');
  const client = useQueryClient();
  const notify = useNotify();
  const path = { survey_id: survey.id };
  const saved = (next: SurveyOut) => {
    client.setQueryData(surveyQuery(survey.id).queryKey, next);
    void client.invalidateQueries({ queryKey: surveysQuery.queryKey, exact: true });
    onSaved();
  };
  const save = async () =>
    (await updateSurvey({ path, body: { definition: toDefinition(draft) }, throwOnError: true })).data;
  return {
    save: useMutation({
      mutationFn: save,
      onSuccess: (next) => {
        saved(next);
        notify.done(t('saved'));
      },
    }),
    publish: useMutation({
      mutationFn: async () => {
        if (isEdited) await save();
        return (await publishSurvey({ path, throwOnError: true })).data;
      },
      onSuccess: (next) => {
        saved(next);
        notify.done(t('published', { version: next.version }));
      },
    }),
    close: useMutation({
      mutationFn: async () => (await closeSurvey({ path, throwOnError: true })).data,
      onSuccess: saved,
    }),
  };
}

function Buttons({
  survey,
  isEdited,
  acts,
}: {
  survey: SurveyOut;
  isEdited: boolean;
  acts: ReturnType<typeof useActs>;
}) {
  const { t } = useTranslation('surveys');
  const isOpen = survey.state === 'open';
  return (
    <PublishButtons
      isOpen={isOpen}
      canSave={isEdited}
      canPublish={!isOpen || isEdited || survey.is_changed}
      acts={acts}
      words={{
        save: t('saveDraft'),
        publish: t(survey.state === 'closed' ? 'reopen' : 'publish'),
        close: t('close'),
        closeTitle: t('closeTitle', { name: survey.name }),
        closeText: t('closeText'),
      }}
    />
  );
}

function ExportButton({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('files.export')}</Button>
      {isOpen && <ExportDrawer survey={survey} onClose={() => setOpen(false)} />}
    </>
  );
}

function Loaded({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation('surveys');
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/frame/engage/surveys/$surveyId' });
  const can = useCan();
  const canManage = can('survey.manage');
  const known = useMemo(() => fromDefinition(survey.definition), [survey.definition]);
  const [edited, setEdited] = useState<Draft | null>(null);
  const draft = edited ?? known;
  const acts = useActs(survey, draft, edited !== null, () => setEdited(null));
  const active: SurveyTab = tab ?? (survey.state === 'draft' ? 'questions' : 'results');
  const show = (next: SurveyTab) =>
    void navigate({
      to: '/engage/surveys/$surveyId',
      params: { surveyId: survey.id },
      search: { tab: next },
    });
  const state = survey.state as SurveyState;
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={survey.name}
        subtitle={t(`modeDetails.${survey.mode as SurveyMode}`)}
        tags={
          <>
            <Tag>{t(`modes.${survey.mode as SurveyMode}`)}</Tag>
            <Status tone={stateTones[state]}>{t(`states.${state}`)}</Status>
            {survey.version > 0 && survey.is_changed && <Tag tone="warning">{t('changed')}</Tag>}
          </>
        }
        actions={
          <>
            {can('survey.export') && survey.version > 0 && <ExportButton survey={survey} />}
            {canManage && <Buttons survey={survey} isEdited={edited !== null} acts={acts} />}
          </>
        }
      />
      <div className={styles.strip}>
        <PageTabs
          label={t('parts.title')}
          active={active}
          tabs={tabs.map((key) => ({ key, label: t(`tabs.${key}`) }))}
          onChange={show}
        />
      </div>
      <PageBody>
        <ProblemNote problem={acts.save.error ?? acts.publish.error} />
        {active === 'questions' && (
          <BuilderTab mode={survey.mode} draft={draft} isReadOnly={!canManage} onChange={setEdited} />
        )}
        {active === 'send' && <SendTab survey={survey} />}
        {active === 'results' && <ResultsTab survey={survey} />}
        {active === 'settings' && (
          <SettingsTab key={survey.updated_at} survey={survey} isReadOnly={!canManage} />
        )}
      </PageBody>
    </Page>
  );
}

export function SurveyPage() {
  const { surveyId } = useParams({ from: '/frame/engage/surveys/$surveyId' });
  const query = useQuery(surveyQuery(surveyId));
  return <QueryView query={query}>{(survey) => <Loaded key={survey.id} survey={survey} />}</QueryView>;
}
