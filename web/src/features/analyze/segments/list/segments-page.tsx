/** 客群: every saved segment with its rule in words, what it is for, and how many are in. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SegmentOut } from '@/api/generated/types.gen';
import { SearchBox } from '@/components/grid/list-toolbar';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { segmentsQuery, usePurposeName } from '../saved';
import { SegmentsTable } from './segments-table';

const route = getRouteApi('/frame/analyze/segments');

/** Whether a name, a purpose or a rule holds a text. */
function useMatches(text: string): (row: SegmentOut) => boolean {
  const { language } = useFormat();
  const purposeName = usePurposeName();
  const wanted = text.trim().toLowerCase();
  return ({ name, purpose, words }) =>
    [name, purposeName(purpose), words ? inLanguage(words, language) : ''].some((one) =>
      one.toLowerCase().includes(wanted),
    );
}

interface FoundProps {
  rows: readonly SegmentOut[];
  text: string;
  isArchived: boolean;
  action: React.ReactNode;
}

function Found({ rows, text, isArchived, action }: FoundProps) {
  const { t } = useTranslation('segments');
  const matches = useMatches(text);
  const found = rows.filter(matches);
  if (rows.length === 0 && isArchived) return <EmptyState title={t('noneArchived')} />;
  if (rows.length === 0) return <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={action} />;
  if (found.length === 0) return <EmptyState title={t('noHit', { text })} text={t('noHitText')} />;
  return (
    <Card isPadded={false}>
      <SegmentsTable rows={found} />
    </Card>
  );
}

export function SegmentsPage() {
  const { t } = useTranslation('segments');
  const navigate = useNavigate();
  const { q = '', archived = false } = route.useSearch();
  const canManage = useCan()('segment.manage');
  const query = useQuery(segmentsQuery(archived));
  const show = (search: { q?: string; archived?: boolean }) =>
    void navigate({ to: '/analyze/segments', search, replace: true });
  const add = () => void navigate({ to: '/analyze/segments/new' });
  useShortcut({ keys: 'n', group: 'page', label: t('new'), isActive: canManage, onPress: add });
  const button = canManage && (
    <Button type="primary" icon={<PlusOutlined />} onClick={add}>
      {t('new')}
    </Button>
  );
  const kept = archived ? { archived } : {};
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <Button onClick={() => void navigate({ to: '/analyze/segments/lists' })}>
              {t('lists.title')}
            </Button>
            {button}
          </>
        }
      />
      <PageBody>
        <div className="k-row k-wrap">
          <SearchBox
            value={q}
            placeholder={t('search')}
            onChange={(text) => show({ ...kept, ...(text ? { q: text } : {}) })}
          />
          <Segmented
            label={t('which')}
            value={archived ? 'archived' : 'living'}
            options={[
              { value: 'living', label: t('living') },
              { value: 'archived', label: t('archivedOnes') },
            ]}
            onChange={(which) => show(which === 'archived' ? { archived: true } : {})}
          />
        </div>
        <QueryView query={query}>
          {(rows) => <Found rows={rows} text={q} isArchived={archived} action={button} />}
        </QueryView>
      </PageBody>
    </Page>
  );
}
