/** A person's own page, without sign-in: for what his data is used, and his word on each of it. Made for a telephone first. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeOwnConsent, readOwnPage } from '@/api/generated/sdk.gen';
import type { OwnChange } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { OutsidePage } from '@/components/layout/outside-page';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { ApiProblem } from '@/lib/http/problem';
import { organizationName } from '@/lib/organization';
import { AutomationCard } from './automation-card';
import { PurposeCard } from './purpose-card';

export type Say = (change: Omit<OwnChange, 'token'>) => void;

const tokenOf = () => location.hash.slice(1);

function useSay(token: string) {
  const { t } = useTranslation('ownPage');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (change: Omit<OwnChange, 'token'>) => {
      await changeOwnConsent({ body: { token, ...change }, throwOnError: true });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['own-page'] });
      notify.done(t('saved'));
    },
  });
}

function Words({ token }: { token: string }) {
  const { t } = useTranslation('ownPage');
  const query = useQuery({
    queryKey: ['own-page', token],
    queryFn: async ({ signal }) => (await readOwnPage({ body: { token }, signal, throwOnError: true })).data,
    retry: false,
  });
  const say = useSay(token);
  const { error } = query;
  // Nobody is signed in here: what QueryView says of a missing page would ask who is.
  if (error instanceof ApiProblem && error.status === 404) {
    return <EmptyState isPage title={t('wrongLink')} text={error.detail ?? ''} />;
  }
  return (
    <QueryView query={query}>
      {(page) => (
        <>
          <div>
            <h1>{page.name ? t('hello', { name: page.name }) : t('title')}</h1>
            <p className="k-label">{t('lead')}</p>
          </div>
          {page.purposes.map((purpose) => (
            <PurposeCard
              key={purpose.purpose}
              purpose={purpose}
              slots={page.notice_slots}
              isBusy={say.isPending}
              onSay={say.mutate}
            />
          ))}
          <AutomationCard
            isObjected={page.is_automation_objected}
            isBusy={say.isPending}
            onSay={say.mutate}
          />
          <p className="k-caption">{t('foot')}</p>
        </>
      )}
    </QueryView>
  );
}

export function OwnPage() {
  const { t } = useTranslation('ownPage');
  const token = tokenOf();
  const name = organizationName();
  const title = name ? t('titleOf', { name }) : t('title');
  return (
    <OutsidePage title={title}>
      {token ? (
        <Words token={token} />
      ) : (
        <EmptyState isPage title={t('noLinkTitle')} text={t('noLinkText')} />
      )}
    </OutsidePage>
  );
}
