/** 隔离区: events that could not be applied, why, and what becomes of them: applied again once mended, or given up. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dropQuarantinedEvent, replayQuarantinedEvent } from '@/api/generated/sdk.gen';
import type { QuarantinedOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar, ListTools } from '@/components/grid/list-toolbar';
import { Page, PageHeader } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { EmptyState } from '@/components/states/empty-state';
import { useFormat } from '@/lib/format/use-format';
import { useLabel } from '../labels';
import { QUARANTINE_STATES, type QuarantineState, quarantineQuery } from '../queries';

interface Acts {
  onReplay: (event: QuarantinedOut) => void;
  onDrop: (event: QuarantinedOut) => void;
  busy: number | undefined;
}

function useColumns(
  state: QuarantineState,
  { onReplay, onDrop, busy }: Acts,
): DataGridColumn<QuarantinedOut>[] {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const label = useLabel();
  const acts: DataGridColumn<QuarantinedOut> = {
    key: 'acts',
    label: t('quarantine.acts'),
    width: 150,
    render: (row) => (
      <span className="k-row">
        <Button size="small" loading={busy === row.id} onClick={() => onReplay(row)}>
          {t('quarantine.replay')}
        </Button>
        <Button size="small" danger onClick={() => onDrop(row)}>
          {t('quarantine.drop')}
        </Button>
      </span>
    ),
  };
  const resolved: DataGridColumn<QuarantinedOut> = {
    key: 'resolved_at',
    label: t('quarantine.resolved'),
    width: 170,
    render: (row) => format.dateTime(row.resolved_at),
  };
  return [
    {
      key: 'received_at',
      label: t('live.received'),
      width: 170,
      render: (row) => format.legalTime(row.received_at),
    },
    { key: 'source', label: t('imports.source'), width: 150, render: (row) => row.source.name },
    { key: 'reason', label: t('quarantine.reason'), width: 380, render: (row) => label(row.reason) },
    {
      key: 'reason_code',
      label: t('quarantine.code'),
      width: 170,
      isExtra: true,
      render: (row) => <span className="k-mono">{row.reason_code}</span>,
    },
    state === 'open' ? acts : resolved,
  ];
}

function useActs() {
  const { t } = useTranslation('collect');
  const client = useQueryClient();
  const notify = useNotify();
  const refresh = () => client.invalidateQueries({ queryKey: ['quarantine'] });
  const replay = useMutation({
    mutationFn: (number: number) => replayQuarantinedEvent({ path: { number }, throwOnError: true }),
    onSuccess: async () => {
      await refresh();
      notify.done(t('quarantine.replayed'));
    },
  });
  const drop = async (number: number) => {
    await dropQuarantinedEvent({ path: { number }, throwOnError: true });
    await refresh();
    notify.done(t('quarantine.dropped'));
  };
  return { replay, drop };
}

export function QuarantinePage() {
  const { t } = useTranslation('collect');
  const navigate = useNavigate();
  const { state = 'open' } = useSearch({ from: '/frame/collect/quarantine' });
  const query = useQuery(quarantineQuery(state));
  const { replay, drop } = useActs();
  const [dropping, setDropping] = useState<QuarantinedOut>();
  const columns = useColumns(state, {
    onReplay: (event) => replay.mutate(event.id),
    onDrop: setDropping,
    busy: replay.isPending ? replay.variables : undefined,
  });
  return (
    <Page>
      <PageHeader frame="list" title={t('quarantine.title')} subtitle={t('quarantine.subtitle')} />
      <ListToolbar tools={<ListTools id="quarantine" columns={columns} />}>
        <Segmented<QuarantineState>
          label={t('imports.state')}
          options={QUARANTINE_STATES.map((value) => ({ value, label: t(`quarantine.states.${value}`) }))}
          value={state}
          onChange={(next) =>
            void navigate({ to: '/collect/quarantine', search: next === 'open' ? {} : { state: next } })
          }
        />
      </ListToolbar>
      {replay.error && (
        <div style={{ padding: '8px 24px' }}>
          <ProblemNote problem={replay.error} />
        </div>
      )}
      <DataGrid<QuarantinedOut>
        id="quarantine"
        label={t('quarantine.title')}
        columns={columns}
        rows={query.data}
        rowKey={(row) => String(row.id)}
        rowLabel={(row) => row.source.name}
        count={query.data && { value: query.data.length, isExact: true }}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title={t(`quarantine.empty.${state}`)} text={t('quarantine.emptyText')} />}
      />
      <ConfirmDialog
        isOpen={dropping !== undefined}
        title={t('quarantine.dropTitle')}
        confirmLabel={t('quarantine.drop')}
        isDestructive
        onConfirm={() => dropping && drop(dropping.id)}
        onClose={() => setDropping(undefined)}
      >
        {t('quarantine.dropText', { source: dropping?.source.name ?? '' })}
      </ConfirmDialog>
    </Page>
  );
}
