/** The second step: what each column of the file becomes. What needs a person stands first. */
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut, ProposalOut, RegistryField } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { FootBar, Page, PageBody } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { Kbd } from '@/components/marks/kbd';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import styles from '../collect.module.css';
import { ImportHeader } from '../imports/import-header';
import { kindOf } from '../imports/kind-of';
import { useFileForm } from '../imports/use-file-form';
import { useImportActions } from '../imports/use-import-actions';
import { fieldsQuery, proposalsQuery } from '../queries';
import { ColumnsTable } from './columns-table';
import {
  attentionOf,
  byAttention,
  doubles,
  draftOf,
  eventDraftOf,
  hasField,
  toEventMapping,
  toMapping,
} from './mapping';
import { OptionsCard, optionsOf } from './options-card';
import { ReadingCard } from './reading-card';
import { EVENT_TARGETS } from './special-targets';
import { useTargets } from './target-select';
import { useMainKey } from './use-main-key';

type Tab = 'all' | 'look' | 'confirm';

interface MappingBodyProps {
  job: ImportOut;
  proposals: readonly ProposalOut[];
  fields: readonly RegistryField[];
  onNewFile: () => void;
  onTried: () => void;
  /** The mapping is kept, and the person comes back another time. */
  onSaved: () => void;
}

function useDraft(job: ImportOut, proposals: readonly ProposalOut[]) {
  const [draft, setDraft] = useState(() =>
    job.kind === 'event'
      ? eventDraftOf(proposals, job.mapping, EVENT_TARGETS)
      : draftOf(proposals, job.mapping),
  );
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const confirm = (column: string) => setConfirmed((known) => new Set(known).add(column));
  const target = (column: string, value: string) => {
    setDraft((known) => ({ ...known, targets: { ...known.targets, [column]: value } }));
    confirm(column);
  };
  const key = (column: string | undefined) => setDraft((known) => ({ ...known, key: column }));
  return { draft, confirmed, confirm, target, key };
}

function MappingBody({ job, proposals, fields, onNewFile, onTried, onSaved }: MappingBodyProps) {
  const { t } = useTranslation('collect');
  const isEvents = job.kind === 'event';
  const { draft, confirmed, confirm, target, key } = useDraft(job, proposals);
  const [options, setOptions] = useState(() => optionsOf(job.options));
  const lists: Record<Tab, readonly ProposalOut[]> = {
    all: proposals,
    look: byAttention(proposals.filter((p) => attentionOf(p) !== 'fine')),
    confirm: proposals.filter((p) => attentionOf(p) === 'confirm'),
  };
  const [tab, setTab] = useState<Tab>(lists.look.length > 0 ? 'look' : 'all');
  const groups = useTargets(fields, kindOf(job));
  const { run, save } = useImportActions(job.id);
  const hasDoubles = doubles(draft.targets).size > 0;
  const isReady = hasField(draft) && !hasDoubles && !run.isPending && !save.isPending;
  const open = lists.confirm.filter(({ column }) => !confirmed.has(column)).length;
  const chosen = () => ({
    mapping: isEvents ? toEventMapping(draft) : toMapping(draft),
    options: { ...options },
  });
  const start = () => {
    if (!isReady) return false;
    void run.mutateAsync({ ...chosen(), dry_run: true }).then(onTried, () => undefined);
    return true;
  };
  const keep = () => save.mutate(chosen(), { onSuccess: onSaved });
  const area = useRef<HTMLDivElement>(null);
  useMainKey(area, start);
  useShortcut({ keys: 'mod+enter', group: 'page', label: t('mapping.try'), onPress: start });
  const tabs = [
    { value: 'look' as const, label: t('mapping.tabs.look', { number: lists.look.length }) },
    { value: 'confirm' as const, label: t('mapping.tabs.confirm', { number: open }) },
    { value: 'all' as const, label: t('mapping.tabs.all', { number: lists.all.length }) },
  ];
  const fault = hasDoubles ? t('mapping.hasDoubles') : !hasField(draft) && t('mapping.nothing');
  return (
    <>
      <PageBody>
        <div ref={area} className={styles.columns} data-aside="narrow">
          <Card
            isPadded={false}
            title={t('mapping.title')}
            extra={<Segmented<Tab> label={t('mapping.title')} options={tabs} value={tab} onChange={setTab} />}
          >
            {lists[tab].length > 0 ? (
              <ColumnsTable
                proposals={lists[tab]}
                draft={draft}
                groups={groups}
                confirmed={confirmed}
                onTarget={target}
                onConfirm={confirm}
              />
            ) : (
              <p className="k-small k-label" style={{ padding: 16 }}>
                {t('mapping.noneHere')}
              </p>
            )}
          </Card>
          <div className={`${styles.column} ${styles.aside}`}>
            <ReadingCard job={job} />
            <OptionsCard
              job={job}
              columns={proposals.filter((p) => p.role !== 'forbidden').map((p) => p.column)}
              keyColumn={draft.key}
              onKey={key}
              options={options}
              onOptions={setOptions}
            />
            <Note tone="warning" icon={<SafetyCertificateOutlined aria-hidden />}>
              {t(job.kind === 'customer' ? 'mapping.notKept' : 'mapping.notKeptEvents')}
            </Note>
            <ProblemNote problem={run.error ?? save.error} />
          </div>
        </div>
      </PageBody>
      <FootBar
        back={<Button onClick={onNewFile}>{t('importing.newFile')}</Button>}
        hint={fault ? <span className="k-error">{fault}</span> : t('mapping.tryHint')}
      >
        <Button disabled={!isReady} loading={save.isPending} onClick={keep}>
          {t('mapping.save')}
        </Button>
        <Button type="primary" disabled={!isReady} loading={run.isPending} onClick={start}>
          {t('mapping.try')} <Kbd keys="mod+enter" />
        </Button>
      </FootBar>
    </>
  );
}

export function MappingStep({ job, ...acts }: Omit<MappingBodyProps, 'proposals' | 'fields'>) {
  const proposals = useQuery(proposalsQuery(job.id));
  const fields = useQuery(fieldsQuery);
  const form = useFileForm();
  return (
    <Page>
      <ImportHeader step="mapping" job={job} subtitle={form(job, proposals.data?.length)} />
      <QueryView query={fields}>
        {(registry) => (
          <QueryView query={proposals}>
            {(found) => <MappingBody job={job} proposals={found} fields={registry} {...acts} />}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}
