/** 为什么是同一位客户: a sentence, the drawing, and how each record joined. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Why, WhyLink } from '@/api/generated/types.gen';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Dot } from '@/components/marks/status';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage, toLanguage } from '@/lib/language';
import { BY_HAND, useReasonWords } from '../cards/reason-words';
import { shownKey } from '../cards/record-key';

import { whyQuery } from '../profile/queries';
import styles from './why.module.css';
import { WhyGraph } from './why-graph';

/** Whether a record rests on a number that it shares with another one, or on somebody's word. */
function isShared(link: WhyLink, why: Why): boolean {
  return (
    link.evidence.some((label) => label.zh !== BY_HAND) ||
    why.edges.some((edge) => edge.one === link.record_id || edge.other === link.record_id)
  );
}

function Sentence({ why }: { why: Why }) {
  const { t, i18n } = useTranslation(['customers', 'common']);
  const language = toLanguage(i18n.language);
  if (why.links.length === 1) return <p className="k-small k-label">{t('why.single')}</p>;
  const shared = why.links.filter((link) => isShared(link, why));
  const fields = new Map(
    [
      ...why.edges.flatMap((edge) => edge.shared),
      ...why.links.flatMap((link) => link.evidence.filter((label) => label.zh !== BY_HAND)),
    ].map((label) => [label.zh, inLanguage(label, language)]),
  );
  const rest = why.links.length - shared.length;
  return (
    <p className="k-small k-label">
      {t('why.shared', { count: shared.length, fields: [...fields.values()].join(t('common:listComma')) })}
      {rest > 0 && t('why.rest', { count: rest })}
    </p>
  );
}

function LinkRow({ link, why }: { link: WhyLink; why: Why }) {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  const reasonOf = useReasonWords();
  const language = toLanguage(i18n.language);
  const isTold = link.reason !== 'first' && !isShared(link, why);
  return (
    <tr>
      <th scope="row">
        {isTold && <Dot tone="warning" />} {[link.source.name, shownKey(link.key)].filter(Boolean).join(' ')}
      </th>
      <td>
        {reasonOf(
          link.reason,
          link.evidence.map((label) => inLanguage(label, language)),
        )}
      </td>
      <td>{link.author || t(link.reason === 'first' ? 'why.nobody' : 'why.rule')}</td>
      <td title={format.legalTime(link.linked_at)}>{format.date(link.linked_at)}</td>
    </tr>
  );
}

function JoinTable({ why }: { why: Why }) {
  const { t } = useTranslation('customers');
  return (
    <>
      <h3 className={styles.title}>{t('why.joined')}</h3>
      <table className={styles.joins}>
        <thead>
          <tr>
            <th scope="col">{t('why.record')}</th>
            <th scope="col">{t('why.ground')}</th>
            <th scope="col">{t('why.by')}</th>
            <th scope="col">{t('why.at')}</th>
          </tr>
        </thead>
        <tbody>
          {why.links.map((link) => (
            <LinkRow key={link.record_id} link={link} why={why} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface WhyDrawerProps {
  isOpen: boolean;
  customerId: string;
  asOf: string | undefined;
  recordCount: number;
  onClose: () => void;
}

export function WhyDrawer({ isOpen, customerId, asOf, recordCount, onClose }: WhyDrawerProps) {
  const { t } = useTranslation('customers');
  const answer = useQuery({ ...whyQuery(customerId, asOf), enabled: isOpen });
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
      title={t('why.title')}
      tags={<Tag>{t('why.records', { count: recordCount })}</Tag>}
    >
      <QueryView query={answer}>
        {(why) => (
          <>
            <Sentence why={why} />
            <WhyGraph why={why} />
            <JoinTable why={why} />
          </>
        )}
      </QueryView>
    </SideDrawer>
  );
}
