/** 演示信箱: what the demo's own mail server took. A mail's page runs no script and opens nothing. */
import { ReloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SinkMailOpened, SinkMailOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { SideDrawer } from '@/components/layout/side-drawer';
import { SmallTable } from '@/components/layout/small-table';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import styles from './channels.module.css';
import { sinkMailQuery, sinkMailsQuery } from './queries';

const PARTS = ['html', 'text', 'headers', 'raw'] as const;
type Part = (typeof PARTS)[number];

function Mails({ rows, onOpen }: { rows: readonly SinkMailOut[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  return (
    <SmallTable label={t('mailbox.title')}>
      <thead>
        <tr>
          <th>{t('mailbox.subject')}</th>
          <th>{t('mailbox.sender')}</th>
          <th>{t('mailbox.recipient')}</th>
          <th>{t('mailbox.size')}</th>
          <th>{t('mailbox.at')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <button type="button" className="k-plain-button k-link" onClick={() => onOpen(row.id)}>
                {row.subject || t('mailbox.noSubject')}
              </button>
            </td>
            <td>{row.sender}</td>
            <td>{row.recipient}</td>
            <td className="k-nowrap">{format.size(row.size)}</td>
            <td className="k-nowrap">{format.near(row.received_at)}</td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

function Shown({ mail, part }: { mail: SinkMailOpened; part: Part }) {
  const { t } = useTranslation('channels');
  if (part === 'headers') {
    return <pre className={styles.source}>{mail.headers.map((pair) => pair.join(': ')).join('\n')}</pre>;
  }
  if (!mail[part]) return <p className="k-label">{t('mailbox.noPart')}</p>;
  if (part === 'html') {
    return <iframe className={styles.frame} sandbox="" srcDoc={mail.html} title={t('mailbox.frame')} />;
  }
  return <pre className={styles.source}>{mail[part]}</pre>;
}

function MailDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('channels');
  const [part, setPart] = useState<Part>('html');
  const query = useQuery(sinkMailQuery(id));
  const parts = PARTS.map((value) => ({ value, label: t(`mailbox.parts.${value}`) }));
  return (
    <SideDrawer isOpen size="wide" onClose={onClose} title={query.data?.subject || t('mailbox.noSubject')}>
      <QueryView query={query}>
        {(mail) => (
          <div className="k-stack">
            <p className="k-caption">
              {mail.sender} → {mail.recipient}
            </p>
            <Segmented label={t('mailbox.partsLabel')} options={parts} value={part} onChange={setPart} />
            <Shown mail={mail} part={part} />
          </div>
        )}
      </QueryView>
    </SideDrawer>
  );
}

export function MailboxPage() {
  const { t } = useTranslation('channels');
  const navigate = useNavigate();
  const { mail } = useSearch({ from: '/frame/engage/mailbox' });
  const query = useQuery(sinkMailsQuery);
  const show = (id?: string) => void navigate({ to: '/engage/mailbox', search: id ? { mail: id } : {} });
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={t('mailbox.title')}
        subtitle={t('mailbox.subtitle')}
        actions={
          <Button icon={<ReloadOutlined />} loading={query.isRefetching} onClick={() => void query.refetch()}>
            {t('mailbox.refresh')}
          </Button>
        }
      />
      <PageBody>
        <QueryView query={query}>
          {({ items, port }) =>
            items.length === 0 ? (
              <EmptyState
                isPage
                title={t(port ? 'mailbox.emptyTitle' : 'mailbox.off')}
                text={t(port ? 'mailbox.emptyText' : 'mailbox.offText')}
              />
            ) : (
              <Card isPadded={false}>
                <Mails rows={items} onOpen={show} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {mail && <MailDrawer key={mail} id={mail} onClose={() => show()} />}
    </Page>
  );
}
