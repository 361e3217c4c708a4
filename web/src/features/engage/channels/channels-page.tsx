/** 渠道: the mail servers and endpoints to send with, and the notices that an endpoint never took. */
import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { sendDeadLetter } from '@/api/generated/sdk.gen';
import type { ChannelOut } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { ChannelDrawer } from './channel-drawer';
import { channelsQuery, deadLettersQuery } from './queries';
import { useTrialWords } from './trial-part';

function ChannelsTable({ rows, onOpen }: { rows: readonly ChannelOut[]; onOpen: (key: string) => void }) {
  const { t } = useTranslation('channels');
  return (
    <SmallTable label={t('title')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('kind')}</th>
          <th>{t('target')}</th>
          <th>{t('sender')}</th>
          <th>{t('status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              <button type="button" className="k-plain-button k-link" onClick={() => onOpen(row.key)}>
                {row.name}
              </button>
              <span className="k-caption" style={{ display: 'block' }}>
                {row.key}
              </span>
            </td>
            <td>{t(row.kind === 'webhook' ? 'kinds.webhook' : 'kinds.email')}</td>
            <td className="k-mono">
              {row.kind === 'webhook'
                ? String(row.settings.url)
                : `${row.settings.host}:${row.settings.port}`}
            </td>
            <td>{row.kind === 'webhook' ? '—' : String(row.settings.from_address)}</td>
            <td>
              <Status tone={row.is_active ? 'success' : 'neutral'}>
                {t(row.is_active ? 'inUse' : 'off')}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

function DeadLetters() {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const words = useTrialWords();
  const notify = useNotify();
  const client = useQueryClient();
  const letters = useQuery(deadLettersQuery).data ?? [];
  const send = useMutation({
    mutationFn: async (id: string) =>
      (await sendDeadLetter({ path: { letter_id: id }, throwOnError: true })).data,
    onSuccess: async (trial) => {
      await client.invalidateQueries({ queryKey: deadLettersQuery.queryKey });
      if (trial.is_good) notify.done(words(trial));
      else notify.failed(new Error(words(trial)));
    },
    onError: notify.failed,
  });
  if (letters.length === 0) return null;
  return (
    <Card title={t('dead.title')} isPadded={false} foot={<span className="k-caption">{t('dead.text')}</span>}>
      <SmallTable label={t('dead.title')}>
        <thead>
          <tr>
            <th>{t('dead.account')}</th>
            <th>{t('dead.reason')}</th>
            <th>{t('dead.attempts')}</th>
            <th>{t('dead.at')}</th>
            <th>
              <span className="k-unseen">{t('dead.send')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {letters.map((one) => (
            <tr key={one.id}>
              <td>{one.account}</td>
              <td className="k-mono">{one.reason}</td>
              <td>{format.count(one.attempts)}</td>
              <td>{format.near(one.created_at)}</td>
              <td>
                <Button
                  size="small"
                  loading={send.isPending && send.variables === one.id}
                  onClick={() => send.mutate(one.id)}
                >
                  {t('dead.send')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}

export function ChannelsPage() {
  const { t } = useTranslation('channels');
  const navigate = useNavigate();
  const { channel, drawer } = useSearch({ from: '/frame/engage/channels' });
  const query = useQuery(channelsQuery);
  const show = (next: { channel?: string; drawer?: 'new' }) =>
    void navigate({ to: '/engage/channels', search: next });
  const add = () => show({ drawer: 'new' });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), onPress: add });
  const known = query.data?.find(({ key }) => key === channel);
  const button = (
    <Button type="primary" icon={<PlusOutlined />} onClick={add}>
      {t('new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader frame="bar" title={t('title')} subtitle={t('subtitle')} actions={button} />
      <PageBody>
        <QueryView query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState isPage title={t('emptyTitle')} text={t('emptyText')} action={button} />
            ) : (
              <div className="k-stack">
                <Card isPadded={false}>
                  <ChannelsTable rows={rows} onOpen={(key) => show({ channel: key })} />
                </Card>
                <DeadLetters />
              </div>
            )
          }
        </QueryView>
      </PageBody>
      {(known || drawer === 'new') && (
        <ChannelDrawer
          key={known ? `${known.key} ${known.changed_at}` : 'new'}
          known={known}
          onMade={(key) => show({ channel: key })}
          onClose={() => show({})}
        />
      )}
    </Page>
  );
}
