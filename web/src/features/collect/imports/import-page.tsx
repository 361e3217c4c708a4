/** One import, in the step in which it stands. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { MappingStep } from '../mapping/mapping-step';
import { importQuery, isUnderWay } from '../queries';
import { FileGone } from '../run/file-gone';
import { ResultStep } from '../run/result-step';
import { RunningStep } from '../run/running-step';
import { StoppedStep } from '../run/stopped-step';
import { TrialStep } from '../trial/trial-step';
import { stepOf } from './states';

interface ImportStepsProps {
  job: ImportOut;
  toldAt: number;
  wantsMapping: boolean;
}

function ImportSteps({ job, toldAt, wantsMapping }: ImportStepsProps) {
  const navigate = useNavigate();
  const { t } = useTranslation('collect');
  const format = useFormat();
  const notify = useNotify();
  useBreadcrumb([{ label: `${job.source.name} ${format.dateTime(job.created_at)}` }]);
  const params = { importId: job.id };
  const show = (step: 'mapping' | undefined) =>
    void navigate({ to: '/collect/imports/$importId', params, search: step ? { step } : {}, replace: !step });
  const toNew = () => void navigate({ to: '/collect/imports/new' });
  const toList = () => void navigate({ to: '/collect/imports' });
  if (isUnderWay(job)) return <RunningStep job={job} toldAt={toldAt} onLeave={toList} />;
  if (job.state === 'failed' || job.state === 'cancelled') return <StoppedStep job={job} onNewFile={toNew} />;
  const step = stepOf(job, wantsMapping);
  if (step === 'mapping') {
    if (!job.has_file) return <FileGone job={job} onNewFile={toNew} />;
    const saved = () => {
      notify.done(t('mapping.saved', { source: job.source.name }));
      toList();
    };
    return (
      <MappingStep key={job.id} job={job} onNewFile={toNew} onTried={() => show(undefined)} onSaved={saved} />
    );
  }
  if (step === 'trial') return <TrialStep job={job} onBack={() => show('mapping')} onNewFile={toNew} />;
  return <ResultStep job={job} onNewFile={toNew} />;
}

export function ImportPage() {
  const { importId } = useParams({ from: '/frame/collect/imports/$importId' });
  const { step } = useSearch({ from: '/frame/collect/imports/$importId' });
  const query = useQuery(importQuery(importId));
  return (
    <QueryView query={query}>
      {(job) => <ImportSteps job={job} toldAt={query.dataUpdatedAt} wantsMapping={step === 'mapping'} />}
    </QueryView>
  );
}
