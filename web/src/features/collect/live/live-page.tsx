/** 实时事件: what a source sends at this moment, as it arrived, personal values masked. */
import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Live, LiveEvent, SourceOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Note } from '@/components/marks/note';
import { Status } from '@/components/marks/status';
import { Tag } from '@/components/marks/tag';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { liveQuery, sourcesQuery } from '../queries';
import styles from './live.module.css';
import { MinutesChart } from './minutes-chart';

const KINDS = ['behavior', 'transaction', 'interaction', 'service', 'system'] as const;

function useEventKind(): (kind: string) => string {
  const { t } = useTranslation('collect');
  return (kind) => {
    const known = KINDS.find((one) => one === kind);
    return known ? t(`live.kinds.${known}`) : kind;
  };
}

const shown = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function Details({ event }: { event: LiveEvent }) {
  return (
    <div className={styles.details}>
      {Object.entries(event.details).map(([key, value]) => (
        <span key={key}>
          <span>{key} </span>
          <span>{shown(value)}</span>
        </span>
      ))}
    </div>
  );
}

function EventsTable({ events }: { events: readonly LiveEvent[] }) {
  const { t } = useTranslation('collect');
  const kindName = useEventKind();
  const format = useFormat();
  return (
    <SmallTable>
      <thead>
        <tr>
          <th>{t('live.received')}</th>
          <th>{t('live.kind')}</th>
          <th>{t('live.event')}</th>
          <th>{t('live.happened')}</th>
          <th>{t('live.details')}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td className="k-nowrap">{format.legalTime(event.received_at).slice(11)}</td>
            <td>
              <Tag>{kindName(event.kind)}</Tag>
            </td>
            <td>
              <b>{event.name || '—'}</b>
            </td>
            <td className="k-nowrap">{format.dateTime(event.happened_at)}</td>
            <td>
              <Details event={event} />
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

function LiveBody({ live, at, isPaused }: { live: Live; at: number; isPaused: boolean }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  return (
    <>
      {live.waiting > 0 && (
        <Note tone="primary">
          {t('live.waiting', { count: live.waiting, number: format.count(live.waiting) })}
        </Note>
      )}
      <Card
        title={t('live.perMinute')}
        extra={
          <Status tone={isPaused ? 'warning' : 'success'}>
            {t(isPaused ? 'live.paused' : 'live.running')}
          </Status>
        }
      >
        <MinutesChart minutes={live.per_minute} now={at} />
      </Card>
      <Card isPadded={false} title={t('live.newest')} extra={t('live.masked')}>
        {live.items.length > 0 ? (
          <EventsTable events={live.items} />
        ) : (
          <EmptyState title={t('live.noneTitle')} text={t('live.noneText')} />
        )}
      </Card>
    </>
  );
}

function LiveOfSource({ sources, source }: { sources: readonly SourceOut[]; source: string }) {
  const { t } = useTranslation('collect');
  const navigate = useNavigate();
  const [isPaused, setPaused] = useState(false);
  const query = useQuery(liveQuery(source, isPaused));
  useShortcut({
    keys: 'p',
    group: 'page',
    label: t('live.toggle'),
    onPress: () => setPaused((paused) => !paused),
  });
  const choices = sources.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <Page>
      <PageHeader
        title={t('live.title')}
        subtitle={t('live.subtitle')}
        actions={
          <>
            <Select
              aria-label={t('imports.source')}
              style={{ width: 200 }}
              showSearch={{ optionFilterProp: 'label' }}
              value={source}
              options={choices}
              onChange={(key) =>
                void navigate({ to: '/collect/events', search: { source: key }, replace: true })
              }
            />
            <Button
              icon={isPaused ? <PlayCircleOutlined /> : <PauseOutlined />}
              onClick={() => setPaused(!isPaused)}
            >
              {t(isPaused ? 'live.resume' : 'live.pause')}
            </Button>
          </>
        }
      />
      <PageBody>
        <QueryView query={query}>
          {(live) => <LiveBody live={live} at={query.dataUpdatedAt} isPaused={isPaused} />}
        </QueryView>
      </PageBody>
    </Page>
  );
}

export function LivePage() {
  const { t } = useTranslation('collect');
  const { source } = useSearch({ from: '/frame/collect/events' });
  const query = useQuery(sourcesQuery);
  return (
    <QueryView query={query}>
      {(all) => {
        const sources = all.filter((one) => one.kind !== 'manual');
        const chosen =
          sources.find(({ key }) => key === source) ??
          sources.find(({ kind }) => kind === 'app') ??
          sources[0];
        return chosen ? (
          <LiveOfSource key={chosen.key} sources={sources} source={chosen.key} />
        ) : (
          <EmptyState isPage title={t('sources.emptyTitle')} text={t('live.noSource')} />
        );
      }}
    </QueryView>
  );
}
