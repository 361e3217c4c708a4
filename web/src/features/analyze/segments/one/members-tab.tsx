/** 成员: who is in now, or was in at the end of any past day; each can be asked why, and so can whoever is not in. */
import { QuestionCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberOut, SegmentDetails } from '@/api/generated/types.gen';
import { DateInput } from '@/components/form/date-input';
import type { FieldControl } from '@/components/form/field';
import type { DataGridColumn } from '@/components/grid/columns';
import { DataGrid } from '@/components/grid/data-grid';
import { ListToolbar } from '@/components/grid/list-toolbar';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { Avatar } from '@/components/marks/avatar';
import { SegmentWhyDrawer } from '@/components/segment/segment-why-drawer';
import { EmptyState } from '@/components/states/empty-state';
import { useFormat } from '@/lib/format/use-format';
import { membersQuery, PAGE_SIZE } from '../saved';
import styles from '../segments.module.css';
import { FindDrawer } from './find-drawer';
import { useSegmentPlace } from './use-segment-place';

function useColumns(isPast: boolean, onWhy: (id: string) => void): readonly DataGridColumn<MemberOut>[] {
  const { t } = useTranslation('segments');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        label: t('customer'),
        width: 240,
        render: (row) => (
          <span className={styles.person}>
            <Avatar name={row.name} hueKey={row.customer_id} size={26} />
            <Link to="/customers/$id" params={{ id: row.customer_id }} preload={false}>
              {row.name || t('nameless')}
            </Link>
          </span>
        ),
      },
      { key: 'unit', label: t('unit'), width: 200, render: (row) => row.unit },
      {
        key: 'entered',
        label: t('entered'),
        width: 170,
        render: (row) => format.dateTime(row.entered_at),
      },
      ...(isPast
        ? [
            {
              key: 'left',
              label: t('left'),
              width: 170,
              render: (row: MemberOut) => (row.left_at ? format.dateTime(row.left_at) : t('stillIn')),
            },
          ]
        : []),
      {
        key: 'why',
        label: t('reason'),
        width: 100,
        render: (row) => (
          <Button
            type="link"
            size="small"
            aria-label={t('whyOf', { name: row.name || t('nameless') })}
            onClick={() => onWhy(row.customer_id)}
          >
            {t('whyShort')}
          </Button>
        ),
      },
    ],
    [t, format, isPast, onWhy],
  );
}

/** A control whose label stands beside it. */
const bare = (id: string): FieldControl => ({
  id,
  'aria-describedby': undefined,
  'aria-invalid': undefined,
  status: '',
});

function DayPicker({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { place, show } = useSegmentPlace();
  const id = useId();
  const today = format.date(new Date());
  return (
    <div className="k-row">
      <label htmlFor={id} className="k-small k-label k-nowrap">
        {t('asOf')}
      </label>
      <div style={{ width: 150 }}>
        <DateInput
          {...bare(id)}
          earliest={format.date(segment.created_at)}
          latest={today}
          placeholder={t('now')}
          value={place.on?.slice(0, 10) ?? ''}
          onChange={(day) => show(day && day !== today ? { on: day } : {})}
        />
      </div>
      {place.on && (
        <Button type="link" size="small" onClick={() => show({})}>
          {t('backToNow')}
        </Button>
      )}
    </div>
  );
}

function Empty({ isPast }: { isPast: boolean }) {
  const { t } = useTranslation('segments');
  return (
    <EmptyState
      title={t(isPast ? 'nobodyThen' : 'nobody')}
      text={t(isPast ? 'nobodyThenText' : 'nobodyText')}
    />
  );
}

export function MembersTab({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const navigate = useNavigate();
  const { place, show } = useSegmentPlace();
  const { on } = place;
  const pages = useCursorPages(`${segment.id} ${on ?? ''}`, PAGE_SIZE);
  const first = useQuery(membersQuery(segment.id, on, undefined));
  const query = useQuery(membersQuery(segment.id, on, pages.cursor));
  const [named, setNamed] = useState<Record<string, string>>({});
  const rows = query.data?.items;
  const ask = (why: string) => show({ ...(on ? { on } : {}), why });
  const close = () => show(on ? { on } : {});
  const columns = useColumns(on !== undefined, ask);
  const next = query.data?.next_cursor;
  const count = first.data?.count;
  return (
    <>
      <ListToolbar
        tools={
          <Button size="small" icon={<QuestionCircleOutlined />} onClick={() => ask('find')}>
            {t('find')}
          </Button>
        }
      >
        <DayPicker segment={segment} />
      </ListToolbar>
      <DataGrid
        id="segment-members"
        label={t('members')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.customer_id}
        rowLabel={(row) => row.name}
        onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.customer_id } })}
        counts="people"
        count={count == null ? undefined : { value: count, isExact: true }}
        pages={{
          from: pages.from,
          onPrevious: pages.hasPrevious ? pages.goPrevious : undefined,
          onNext: next ? () => pages.goNext(next) : undefined,
        }}
        problem={query.error}
        onRetry={() => void query.refetch()}
        empty={<Empty isPast={on !== undefined} />}
      />
      {place.why === 'find' && (
        <FindDrawer
          onClose={close}
          onFound={(id, name) => {
            setNamed({ ...named, [id]: name });
            ask(id);
          }}
        />
      )}
      {place.why && place.why !== 'find' && (
        <SegmentWhyDrawer
          segmentId={segment.id}
          segmentName={segment.name}
          customerId={place.why}
          customerName={rows?.find((row) => row.customer_id === place.why)?.name ?? named[place.why]}
          onClose={close}
        />
      )}
    </>
  );
}
