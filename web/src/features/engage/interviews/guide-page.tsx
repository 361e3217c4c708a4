/** One guide: its questions, its themes, the interviews held along it, and what they come to. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeInterviewGuide, publishInterviewGuide, updateInterviewGuide } from '@/api/generated/sdk.gen';
import type { GuideOut, ThemeOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { Status } from '@/components/marks/status';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useCan } from '@/lib/session/me';
import { PublishButtons } from '../publish-buttons';
import { BuilderTab } from '../surveys/builder/builder-tab';
import { type Draft, fromDefinition, toDefinition } from '../surveys/builder/draft';
import { ExportDrawer } from './export-drawer';
import styles from './interviews.module.css';
import { guideQuery, guidesQuery } from './queries';
import { RecordsTab } from './records-tab';
import { ResultsTab } from './results-tab';
import { ThemesTab } from './themes-tab';
import { type GuideState, stateTones } from './words';

const tabs = ['guide', 'themes', 'records', 'results'] as const;

interface Edited {
  draft?: Draft;
  themes?: ThemeOut[];
}

function useActs(guide: GuideOut, edited: Edited, onSaved: () => void) {
  const { t } = useTranslation('interviews');
  const client = useQueryClient();
  const notify = useNotify();
  const path = { guide_id: guide.id };
  const saved = (next: GuideOut) => {
    client.setQueryData(guideQuery(guide.id).queryKey, next);
    void client.invalidateQueries({ queryKey: guidesQuery.queryKey, exact: true });
    onSaved();
  };
  const save = async () => {
    const body = {
      ...(edited.draft ? { definition: toDefinition(edited.draft) } : {}),
      ...(edited.themes ? { themes: edited.themes.filter(({ zh }) => zh.trim()) } : {}),
    };
    return (await updateInterviewGuide({ path, body, throwOnError: true })).data;
  };
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
        if (edited.draft || edited.themes) await save();
        return (await publishInterviewGuide({ path, throwOnError: true })).data;
      },
      onSuccess: (next) => {
        saved(next);
        notify.done(t('published', { version: next.version }));
      },
    }),
    close: useMutation({
      mutationFn: async () => (await closeInterviewGuide({ path, throwOnError: true })).data,
      onSuccess: saved,
    }),
  };
}

interface ButtonsProps {
  guide: GuideOut;
  edited: Edited;
  acts: ReturnType<typeof useActs>;
}

function Buttons({ guide, edited, acts }: ButtonsProps) {
  const { t } = useTranslation('interviews');
  const isOpen = guide.state === 'open';
  return (
    <PublishButtons
      isOpen={isOpen}
      canSave={edited.draft !== undefined || edited.themes !== undefined}
      canPublish={!isOpen || edited.draft !== undefined || guide.is_changed}
      acts={acts}
      words={{
        save: t('saveDraft'),
        publish: t(guide.state === 'closed' ? 'reopen' : 'publish'),
        close: t('close'),
        closeTitle: t('closeTitle', { name: guide.name }),
        closeText: t('closeText'),
      }}
    />
  );
}

function ExportButton({ guide }: { guide: GuideOut }) {
  const { t } = useTranslation('interviews');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('files.export')}</Button>
      {isOpen && <ExportDrawer guide={guide} onClose={() => setOpen(false)} />}
    </>
  );
}

function Loaded({ guide }: { guide: GuideOut }) {
  const { t } = useTranslation('interviews');
  const navigate = useNavigate();
  const { tab, theme = '' } = useSearch({ from: '/frame/engage/interviews/$guideId' });
  const can = useCan();
  const canManage = can('survey.manage');
  const known = useMemo(() => fromDefinition(guide.definition), [guide.definition]);
  const [edited, setEdited] = useState<Edited>({});
  const acts = useActs(guide, edited, () => setEdited({}));
  const active = tab ?? (guide.state === 'draft' ? 'guide' : 'results');
  const state = guide.state as GuideState;
  useBreadcrumb([{ label: guide.name }]);
  const show = (next: (typeof tabs)[number], only?: string) =>
    void navigate({
      to: '/engage/interviews/$guideId',
      params: { guideId: guide.id },
      search: { tab: next, ...(only ? { theme: only } : {}) },
    });
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={guide.name}
        subtitle={guide.goal}
        tags={
          <>
            <Status tone={stateTones[state]}>{t(`states.${state}`)}</Status>
            {guide.version > 0 && guide.is_changed && <Tag tone="warning">{t('changed')}</Tag>}
          </>
        }
        actions={
          <>
            {can('survey.export') && guide.version > 0 && <ExportButton guide={guide} />}
            {canManage && <Buttons guide={guide} edited={edited} acts={acts} />}
          </>
        }
      />
      <div className={styles.strip}>
        <PageTabs
          label={t('parts')}
          active={active}
          tabs={tabs.map((key) => ({ key, label: t(`tabs.${key}`) }))}
          onChange={(next) => show(next)}
        />
      </div>
      <PageBody>
        <ProblemNote problem={acts.save.error ?? acts.publish.error} />
        {active === 'guide' && (
          <BuilderTab
            mode="interview"
            draft={edited.draft ?? known}
            isReadOnly={!canManage}
            onChange={(draft) => setEdited({ ...edited, draft })}
          />
        )}
        {active === 'themes' && (
          <ThemesTab
            themes={edited.themes ?? guide.themes}
            isReadOnly={!canManage}
            onChange={(themes) => setEdited({ ...edited, themes })}
          />
        )}
        {active === 'records' && (
          <RecordsTab guide={guide} theme={theme} onTheme={(only) => show('records', only)} />
        )}
        {active === 'results' && <ResultsTab guide={guide} onTheme={(only) => show('records', only)} />}
      </PageBody>
    </Page>
  );
}

export function GuidePage() {
  const { guideId } = useParams({ from: '/frame/engage/interviews/$guideId' });
  const query = useQuery(guideQuery(guideId));
  return <QueryView query={query}>{(guide) => <Loaded key={guide.id} guide={guide} />}</QueryView>;
}
