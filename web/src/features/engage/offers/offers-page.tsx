/** 产品与推荐: what may be offered, to how many, and what came of it. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OfferOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { Status } from '@/components/marks/status';
import type { Tone } from '@/components/marks/tone';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { OfferDrawer } from './offer-drawer';
import styles from './offers.module.css';
import { offersQuery, purposesQuery } from './queries';
import { ResultsDrawer } from './results-drawer';

type State = 'current' | 'waiting' | 'over' | 'off' | 'broken';
const tones: Record<State, Tone> = {
  current: 'success',
  waiting: 'primary',
  over: 'neutral',
  off: 'neutral',
  broken: 'warning',
};

function stateOf(offer: OfferOut): State {
  if (!offer.is_active) return 'off';
  if (!offer.is_current) {
    return offer.ends_on && offer.ends_on < new Date().toISOString().slice(0, 10) ? 'over' : 'waiting';
  }
  return offer.count === null && offer.as_of === null && offer.fault ? 'broken' : 'current';
}

function useDates() {
  const { t } = useTranslation('offers');
  const format = useFormat();
  return ({ starts_on: from, ends_on: to }: OfferOut) => {
    if (from && to) return t('fromTo', { first: format.date(from), last: format.date(to) });
    if (from) return t('from', { date: format.date(from) });
    return to ? t('until', { date: format.date(to) }) : t('always');
  };
}

function OfferRow({ row, onOpen }: { row: OfferOut; onOpen: () => void }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const datesOf = useDates();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const purpose = purposes.find(({ key }) => key === row.purpose);
  const state = stateOf(row);
  const kind = (['product', 'service', 'benefit', 'invitation'] as const).find((one) => one === row.kind);
  return (
    <tr>
      <td>
        <button type="button" className="k-plain-button k-link" onClick={onOpen}>
          {inLanguage(row.name, format.language)}
        </button>
        <span className="k-caption" style={{ display: 'block' }}>
          {inLanguage(row.reason, format.language)}
        </span>
      </td>
      <td className="k-nowrap">
        {purpose ? inLanguage(purpose.name, format.language) : row.purpose}
        <span className="k-caption" style={{ display: 'block' }}>
          {kind ? t(`kinds.${kind}`) : row.kind}
        </span>
      </td>
      <td className="k-nowrap">{datesOf(row)}</td>
      <td className={styles.number}>{row.priority}</td>
      <td className={styles.number}>{row.count === null ? '—' : format.count(row.count)}</td>
      <td className={styles.number}>{format.count(row.tally.shown)}</td>
      <td className={styles.number}>{format.count(row.tally.interested)}</td>
      <td className={styles.number}>{format.count(row.tally.accepted)}</td>
      <td className="k-nowrap">
        <Status tone={tones[state]}>{t(`states.${state}`)}</Status>
      </td>
    </tr>
  );
}

function OffersTable({ rows, onOpen }: { rows: readonly OfferOut[]; onOpen: (key: string) => void }) {
  const { t } = useTranslation('offers');
  const counts = ['priority', 'suits', 'shown', 'interested', 'accepted'] as const;
  return (
    <SmallTable label={t('title')} rowHeight={52}>
      <thead>
        <tr>
          <th>{t('name')}</th>
          <th>{t('purpose')}</th>
          <th>{t('dates')}</th>
          {counts.map((name) => (
            <th key={name} className={`${styles.number} k-nowrap`}>
              {t(name)}
            </th>
          ))}
          <th>{t('status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <OfferRow key={row.key} row={row} onOpen={() => onOpen(row.key)} />
        ))}
      </tbody>
    </SmallTable>
  );
}

export function OffersPage() {
  const { t } = useTranslation('offers');
  const navigate = useNavigate();
  const { offer, drawer } = useSearch({ from: '/frame/engage/offers' });
  const canManage = useCan()('offer.manage');
  const query = useQuery(offersQuery);
  const show = (next: { offer?: string; drawer?: 'new' | 'edit' }) =>
    void navigate({ to: '/engage/offers', search: next });
  const add = () => show({ drawer: 'new' });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), isActive: canManage, onPress: add });
  const known = query.data?.find(({ key }) => key === offer);
  const button = canManage && (
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
              <EmptyState
                isPage
                title={t('emptyTitle')}
                text={t(canManage ? 'emptyText' : 'emptyReader')}
                action={button}
              />
            ) : (
              <Card isPadded={false}>
                <OffersTable rows={rows} onOpen={(key) => show({ offer: key })} />
              </Card>
            )
          }
        </QueryView>
      </PageBody>
      {known && drawer !== 'edit' && (
        <ResultsDrawer
          offer={known}
          onEdit={canManage ? () => show({ offer: known.key, drawer: 'edit' }) : undefined}
          onClose={() => show({})}
        />
      )}
      {canManage && (drawer === 'new' || (known && drawer === 'edit')) && (
        <OfferDrawer
          key={known?.key ?? 'new'}
          known={known}
          onClose={() => show(known ? { offer: known.key } : {})}
        />
      )}
    </Page>
  );
}
