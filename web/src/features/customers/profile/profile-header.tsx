/** Who the customer is and where he stands: name, tier, what was made of which records, and the figures that exist. */
import { CrownFilled, MergeCellsOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@/api/generated/types.gen';
import { Avatar } from '@/components/marks/avatar';
import { Tag } from '@/components/marks/tag';
import { daysBetween } from '@/lib/format/dates';
import { useFormat } from '@/lib/format/use-format';
import { useFieldBook } from '../field-book';
import { goldTiers } from '../list/columns';
import { ProfileTags } from '../tags/profile-tags';
import styles from './profile.module.css';
import { lastContactQuery } from './queries';

const FIGURES = ['aum', 'deposit_balance', 'loan_balance', 'credit_limit', 'wealth_value'] as const;

interface ProfileHeaderProps {
  profile: Profile;
  asOf: string | undefined;
  onWhy: () => void;
  actions: ReactNode;
  /** The tabs, at the foot of the strip. */
  children: ReactNode;
}

function clearOf(profile: Profile, key: string): string | undefined {
  const shown = profile.fields.find((field) => field.key === key)?.shown;
  return shown && !shown.is_masked ? shown.display : undefined;
}

function Facts({ profile, onWhy }: Omit<ProfileHeaderProps, 'actions' | 'children'>) {
  const { t } = useTranslation('customers');
  const sex = clearOf(profile, 'sex');
  const age = profile.age === null ? undefined : t('profile.age', { count: profile.age });
  const person = [sex, age].filter(Boolean).join(t('profile.comma'));
  const opened = clearOf(profile, 'opened_on');
  const facts = [
    person,
    clearOf(profile, 'region'),
    profile.unit.name,
    profile.owner && t('profile.owner', { name: profile.owner.name }),
    opened && t('profile.opened', { date: opened }),
  ].filter(Boolean);
  return (
    <div className={styles.facts}>
      {facts.map((fact) => (
        <span key={fact} className="k-nowrap">
          {fact}
        </span>
      ))}
      <button type="button" className="k-plain-button k-link k-nowrap" onClick={onWhy}>
        <MergeCellsOutlined aria-hidden /> {t('profile.madeOf', { count: profile.record_count })}
      </button>
    </div>
  );
}

/** How long ago, seen from the day that is shown. */
function LastContact({ customerId, asOf }: { customerId: string; asOf: string | undefined }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { data } = useQuery(lastContactQuery(customerId, asOf));
  if (!data) return null;
  const days = daysBetween(data.at, asOf ?? new Date());
  return (
    <div className={styles.figure}>
      <span className="k-caption">{t('profile.lastContact')}</span>
      <b title={format.legalTime(data.at)}>
        {days === 0 ? t(asOf ? 'profile.sameDay' : 'profile.today') : t('profile.daysAgo', { count: days })}
      </b>
    </div>
  );
}

function Figures({ profile, asOf }: Pick<ProfileHeaderProps, 'profile' | 'asOf'>) {
  const format = useFormat();
  const book = useFieldBook();
  const figures = FIGURES.flatMap((key) => {
    const amount = clearOf(profile, key);
    return amount === undefined ? [] : [{ key, amount }];
  });
  return (
    <div className={styles.figures}>
      {figures.map(({ key, amount }) => (
        <div key={key} className={styles.figure}>
          <span className="k-caption">{book.labelOf(key)}</span>
          <b title={format.amountExact(amount)}>{format.amount(amount)}</b>
        </div>
      ))}
      <LastContact customerId={profile.id} asOf={asOf} />
    </div>
  );
}

export function ProfileHeader(props: ProfileHeaderProps) {
  const { profile, asOf, actions, children } = props;
  const { t } = useTranslation('customers');
  const tier = clearOf(profile, 'tier');
  const isTop = tier !== undefined && goldTiers.has(tier);
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <Avatar name={profile.name} hueKey={profile.id} size={52} />
        <div className={styles.identity}>
          <div className="k-row k-wrap" style={{ gap: 10 }}>
            <h1>{profile.name || t('list.nameless')}</h1>
            {profile.pinyin && <span className="k-caption">{profile.pinyin}</span>}
            {tier && (
              <Tag tone={isTop ? 'gold' : 'neutral'} icon={isTop && <CrownFilled aria-hidden />}>
                {tier}
              </Tag>
            )}
            {profile.party === 'o' && <Tag>{t('party.o')}</Tag>}
          </div>
          <Facts {...props} />
          <ProfileTags customerId={profile.id} asOf={asOf} />
        </div>
        <div className="k-row k-wrap">{actions}</div>
      </div>
      <Figures profile={profile} asOf={asOf} />
      <div className={styles.tabs}>{children}</div>
    </header>
  );
}
