/** 记访谈: along which guide; what was begun and not finished is offered first. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginInterview, listCustomerInterviews, listInterviewGuides } from '@/api/generated/sdk.gen';
import type { GuideRow, TalkRow } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { ChoiceList } from '@/components/form/choice-list';
import { SideDrawer } from '@/components/layout/side-drawer';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import styles from '../profile/profile.module.css';

interface InterviewDrawerProps {
  customerId: string;
  name: string;
  onClose: () => void;
}

function Drafts({ talks }: { talks: readonly TalkRow[] }) {
  const { t } = useTranslation('interviews');
  const format = useFormat();
  return (
    <div>
      <div className="k-label k-small">{t('begin.drafts')}</div>
      <ul className={styles.ties}>
        {talks.map((talk) => (
          <li key={talk.id}>
            <Link to="/engage/interviews/records/$recordId" params={{ recordId: talk.id }} className="k-link">
              {talk.guide}
            </Link>{' '}
            <span className="k-caption">{format.near(talk.updated_at)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Guides({
  guides,
  value,
  onChange,
}: {
  guides: readonly GuideRow[];
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation('interviews');
  if (guides.length === 0) return <EmptyState title={t('begin.none')} text={t('begin.noneText')} />;
  return (
    <div>
      <div className="k-label k-small">{t('begin.guide')}</div>
      <ChoiceList
        label={t('begin.guide')}
        value={value}
        choices={guides.map((one) => ({ value: one.id, label: one.name, detail: one.goal }))}
        onChange={onChange}
      />
    </div>
  );
}

export function InterviewDrawer({ customerId, name, onClose }: InterviewDrawerProps) {
  const { t } = useTranslation(['interviews', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [chosen, setChosen] = useState('');
  const guides = useQuery({
    queryKey: ['interviews'],
    queryFn: async ({ signal }) => (await listInterviewGuides({ signal, throwOnError: true })).data,
  });
  const { data: talks = [] } = useQuery({
    queryKey: ['interviews', 'of', customerId],
    queryFn: async ({ signal }) =>
      (await listCustomerInterviews({ path: { customer_id: customerId }, signal, throwOnError: true })).data,
  });
  const open = guides.data?.filter(({ state }) => state === 'open') ?? [];
  const guide = chosen || open[0]?.id;
  const begin = useMutation({
    mutationFn: async (id: string) =>
      (await beginInterview({ body: { guide_id: id, customer_id: customerId }, throwOnError: true })).data,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['interviews', 'of', customerId] });
      void navigate({ to: '/engage/interviews/records/$recordId', params: { recordId: made.id } });
    },
  });
  const drafts = talks.filter(({ state }) => state === 'draft');
  const foot = (
    <>
      <Button onClick={onClose}>{t('common:cancel')}</Button>
      <Button
        type="primary"
        disabled={!guide}
        loading={begin.isPending}
        onClick={() => guide && begin.mutate(guide)}
      >
        {t('begin.go')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('begin.title', { name })} foot={foot}>
      <div className="k-stack">
        {drafts.length > 0 && <Drafts talks={drafts} />}
        <QueryView query={guides}>
          {() => <Guides guides={open} value={guide ?? ''} onChange={setChosen} />}
        </QueryView>
        <ProblemNote problem={begin.error} />
      </div>
    </SideDrawer>
  );
}
