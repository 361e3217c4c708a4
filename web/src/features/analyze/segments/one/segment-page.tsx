/** One segment: who is in and why, what they are made of, and the rule with its history. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SegmentDetails } from '@/api/generated/types.gen';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useFormat } from '@/lib/format/use-format';
import { SegmentProfile } from '../profile/segment-profile';
import { segmentQuery, usePurposeName } from '../saved';
import styles from '../segments.module.css';
import { Actions } from './actions';
import { MembersTab } from './members-tab';
import { PartsTab } from './parts-tab';
import { SEGMENT_TABS } from './place';
import { RulesTab } from './rules-tab';
import { useSegmentPlace } from './use-segment-place';

const route = getRouteApi('/frame/analyze/segments/$segmentId');

function Tags({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  return (
    <>
      <Tag>{t('versionNumber', { number: segment.version })}</Tag>
      {segment.is_archived && <Tag>{t('states.archived')}</Tag>}
      {!segment.is_archived && segment.is_waiting && <Tag tone="warning">{t('states.waiting')}</Tag>}
    </>
  );
}

function useSubtitle(segment: SegmentDetails): string {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const purpose = usePurposeName()(segment.purpose);
  if (segment.is_archived) return t('subtitles.archived', { purpose });
  if (segment.count === null) return t('subtitles.waiting', { purpose });
  const at = format.dateTime(new Date());
  return t('subtitles.now', { count: segment.count, number: format.count(segment.count), purpose, at });
}

function Body({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const { place, show } = useSegmentPlace();
  const tab = place.tab ?? 'members';
  useBreadcrumb([{ label: segment.name }]);
  return (
    <Page>
      <PageHeader
        frame="list"
        title={segment.name}
        tags={<Tags segment={segment} />}
        subtitle={useSubtitle(segment)}
        actions={<Actions segment={segment} />}
      />
      <div className={styles.tabs}>
        <PageTabs
          label={segment.name}
          tabs={SEGMENT_TABS.map((key) => ({ key, label: t(`tabs.${key}`) }))}
          active={tab}
          onChange={(key) => show(key === 'members' ? {} : { tab: key })}
        />
      </div>
      {tab === 'members' ? (
        <MembersTab segment={segment} />
      ) : (
        <PageBody>
          {tab === 'parts' && <PartsTab segment={segment} />}
          {tab === 'profile' && <SegmentProfile segmentId={segment.id} />}
          {tab === 'rules' && <RulesTab segment={segment} />}
        </PageBody>
      )}
    </Page>
  );
}

export function SegmentPage() {
  const { segmentId } = route.useParams();
  const query = useQuery(segmentQuery(segmentId));
  return <QueryView query={query}>{(segment) => <Body key={segment.id} segment={segment} />}</QueryView>;
}
