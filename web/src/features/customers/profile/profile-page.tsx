/** One customer: header, figures, and tabs with what he is known by, what happened, and who said what. */
import { EditOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@/api/generated/types.gen';
import { Page, PageBody } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { useCommand } from '@/lib/commands';
import { ApiProblem } from '@/lib/http/problem';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { ContactDrawer } from '../entry/contact-drawer';
import { CorrectDrawer } from '../entry/correct-drawer';
import { InterviewDrawer } from '../entry/interview-drawer';
import { neighborsOf, noteOpened } from '../list/place';
import type { ProfileSearch, ProfileTab } from '../search-params';
import { WhyDrawer } from '../why/why-drawer';
import { AsOfPicker } from './as-of-picker';
import styles from './profile.module.css';
import { ProfileBody } from './profile-body';
import { ProfileHeader } from './profile-header';
import { ProfileMenu } from './profile-menu';
import { ProfileSkeleton } from './profile-skeleton';
import { profileQuery } from './queries';

const route = getRouteApi('/frame/customers/$id');
/** He is known, and was not on that day; told to those who see him. */
const NOT_KNOWN_THEN = 'customer_not_known_then';

/** `[` and `]` walk through the list as it was last shown; the way back still leads to the list. */
function useNeighbors(id: string) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const go = (next: string | undefined) => {
    if (!next) return false;
    noteOpened(next);
    void navigate({ to: '/customers/$id', params: { id: next }, replace: true });
    return true;
  };
  useShortcut({
    keys: '[',
    group: 'page',
    label: t('profile.previous'),
    onPress: () => go(neighborsOf(id).previous),
  });
  useShortcut({
    keys: ']',
    group: 'page',
    label: t('profile.next'),
    onPress: () => go(neighborsOf(id).next),
  });
}

function ContactKeys({ name, onContact }: { name: string; onContact: () => void }) {
  const { t } = useTranslation('customers');
  useShortcut({ keys: 'c', group: 'page', label: t('contact.button'), onPress: onContact });
  useCommand({ key: 'contact', label: t('contact.title', { name }), keys: 'c', run: onContact });
  return null;
}

interface LoadedProps {
  profile: Profile;
  /** The day has changed, and its answer is not there yet. */
  isStale: boolean;
  search: ProfileSearch;
  change: (next: Partial<ProfileSearch>) => void;
}

function useTabs(profile: Profile, isPast: boolean): { key: ProfileTab; label: string; count?: number }[] {
  const { t } = useTranslation('customers');
  return [
    { key: 'overview', label: t('profile.tabs.overview') },
    { key: 'timeline', label: t('profile.tabs.timeline') },
    { key: 'records', label: t('profile.tabs.records'), count: profile.record_count },
    ...(isPast ? [] : [{ key: 'consents' as const, label: t('profile.tabs.consents') }]),
    { key: 'changes', label: t('profile.tabs.changes') },
  ];
}

function PastLine({ day, onBack }: { day: string; onBack: () => void }) {
  const { t } = useTranslation('customers');
  return (
    <div className={styles.past}>
      <div className="k-row">
        <span className="k-grow">{t('asOf.line', { date: day })}</span>
        <button type="button" className="k-plain-button k-link" onClick={onBack}>
          {t('asOf.back')}
        </button>
      </div>
    </div>
  );
}

function Loaded({ profile, isStale, search, change }: LoadedProps) {
  const { t } = useTranslation(['customers', 'interviews']);
  const can = useCan();
  const asOf = search.as_of;
  const isPast = asOf !== undefined;
  const [isContact, setContact] = useState(false);
  const [isInterview, setInterview] = useState(false);
  const [correcting, setCorrecting] = useState<string>();
  const tabs = useTabs(profile, isPast);
  const tab = tabs.some((known) => known.key === search.tab) ? (search.tab ?? 'overview') : 'overview';
  const mayContact = can('customer.contact') && !isPast;
  const mayInterview = mayContact && can('survey.read');
  const onCorrect =
    can('customer.correct') && !isPast ? (key?: string) => setCorrecting(key ?? 'all') : undefined;
  useBreadcrumb([{ label: profile.name || t('list.nameless'), isPersonal: true }]);
  return (
    <Page>
      <ProfileHeader
        profile={profile}
        asOf={asOf}
        onWhy={() => change({ why: true })}
        actions={
          <>
            <AsOfPicker customerId={profile.id} day={asOf} onChange={(day) => change({ as_of: day })} />
            {mayInterview && (
              <Button onClick={() => setInterview(true)}>{t('interviews:begin.button')}</Button>
            )}
            {mayContact && (
              <Button type="primary" icon={<EditOutlined />} onClick={() => setContact(true)}>
                {t('contact.button')}
              </Button>
            )}
            <ProfileMenu profile={profile} isPast={isPast} onCorrect={onCorrect && (() => onCorrect())} />
          </>
        }
      >
        <PageTabs
          label={t('profile.tabs.label')}
          tabs={tabs}
          active={tab}
          onChange={(key) => change({ tab: key === 'overview' ? undefined : key })}
        />
      </ProfileHeader>
      {asOf && <PastLine day={asOf} onBack={() => change({ as_of: undefined })} />}
      <PageBody>
        <div aria-busy={isStale} {...(isStale ? { className: styles.stale } : {})}>
          <ProfileBody
            profile={profile}
            tab={tab}
            asOf={asOf}
            onTab={(key) => change({ tab: key })}
            onCorrect={onCorrect}
          />
        </div>
      </PageBody>
      <WhyDrawer
        isOpen={search.why === true}
        customerId={profile.id}
        asOf={asOf}
        recordCount={profile.record_count}
        onClose={() => change({ why: undefined })}
      />
      {mayContact && (
        <>
          <ContactKeys name={profile.name} onContact={() => setContact(true)} />
          <ContactDrawer
            isOpen={isContact}
            customerId={profile.id}
            name={profile.name}
            onClose={() => setContact(false)}
          />
        </>
      )}
      {mayInterview && isInterview && (
        <InterviewDrawer
          customerId={profile.id}
          name={profile.name || t('list.nameless')}
          onClose={() => setInterview(false)}
        />
      )}
      {onCorrect && (
        <CorrectDrawer profile={profile} target={correcting} onClose={() => setCorrecting(undefined)} />
      )}
    </Page>
  );
}

export function ProfilePage() {
  const { t } = useTranslation('customers');
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<ProfileSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const answer = useQuery({
    ...profileQuery(id, search.as_of),
    // From day to day of one customer the page stays as it is until the next answer is there.
    placeholderData: (last: Profile | undefined) => (last?.id === id ? last : undefined),
  });
  useNeighbors(id);
  const living = answer.data?.id;
  useEffect(() => {
    if (living && living !== id) {
      void navigate({
        to: '/customers/$id',
        params: { id: living },
        search: (old: ProfileSearch) => old,
        replace: true,
      });
    }
  }, [living, id, navigate]);
  const { error } = answer;
  if (search.as_of && error instanceof ApiProblem && error.code === NOT_KNOWN_THEN) {
    return (
      <EmptyState
        isPage
        title={t('asOf.unknown')}
        text={error.detail ?? ''}
        action={<Button onClick={() => change({ as_of: undefined })}>{t('asOf.back')}</Button>}
      />
    );
  }
  return (
    <QueryView query={answer} skeleton={<ProfileSkeleton />}>
      {(profile) => (
        <Loaded
          key={profile.id}
          profile={profile}
          isStale={answer.isPlaceholderData}
          search={search}
          change={change}
        />
      )}
    </QueryView>
  );
}
