/** What stands below the tabs of a profile: of today, or all of it of a day of the past. */
import type { Profile } from '@/api/generated/types.gen';
import { useCan } from '@/lib/session/me';
import { ContactsCard } from '../cards/contacts-card';
import { FactsCard } from '../cards/facts-card';
import { LifeCard } from '../cards/life-card';
import { OffersCard } from '../cards/offers-card';
import { RecordsTab } from '../cards/records-tab';
import { SegmentsCard } from '../cards/segments-card';
import { SourcesCard } from '../cards/sources-card';
import { TasksCard } from '../cards/tasks-card';
import { TiesCard } from '../cards/ties-card';
import { TraitsCard } from '../cards/traits-card';
import { ValueCard } from '../cards/value-card';
import { ConsentsCard } from '../consents/consents-card';
import { ConsentsTab } from '../consents/consents-tab';
import type { ProfileTab } from '../search-params';
import { TimelineCard } from '../timeline/timeline-card';
import styles from './profile.module.css';

interface ProfileBodyProps {
  profile: Profile;
  tab: ProfileTab;
  asOf: string | undefined;
  onTab: (tab: Exclude<ProfileTab, 'overview'>) => void;
  onCorrect: ((key?: string) => void) | undefined;
}

export function ProfileBody({ profile, tab, asOf, onTab, onCorrect }: ProfileBodyProps) {
  const { id } = profile;
  const can = useCan();
  const canOffer = can('offer.read');
  const canSegment = can('segment.read');
  if (tab === 'timeline') return <TimelineCard customerId={id} asOf={asOf} />;
  if (tab === 'changes') return <TimelineCard customerId={id} asOf={asOf} only="change" />;
  if (tab === 'consents' && !asOf) return <ConsentsTab customerId={id} name={profile.name} />;
  if (tab === 'records') return <RecordsTab customerId={id} asOf={asOf} />;
  return (
    <div className={styles.columns}>
      <FactsCard profile={profile} isPast={asOf !== undefined} onCorrect={onCorrect} />
      <TimelineCard customerId={id} asOf={asOf} />
      <div className={styles.side}>
        {!asOf && <LifeCard customerId={id} />}
        {!asOf && <ValueCard customerId={id} />}
        {!asOf && <TasksCard customerId={id} />}
        {canOffer && !asOf && <OffersCard customerId={id} />}
        {!asOf && <ContactsCard customerId={id} />}
        <TiesCard customerId={id} name={profile.name} asOf={asOf} />
        {canSegment && !asOf && <SegmentsCard customerId={id} name={profile.name} />}
        {!asOf && <TraitsCard customerId={id} />}
        {!asOf && <ConsentsCard customerId={id} onAll={() => onTab('consents')} />}
        <SourcesCard customerId={id} asOf={asOf} onAll={() => onTab('records')} />
      </div>
    </div>
  );
}
