/** Leaving by the link in a message, without sign-in: what ends, in one sentence, and one button. Opening it changes nothing. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { leave, readLeaving } from '@/api/generated/sdk.gen';
import type { Label, LeavingOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { OutsidePage } from '@/components/layout/outside-page';
import { Note } from '@/components/marks/note';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { ApiProblem } from '@/lib/http/problem';

function Question({ found, token }: { found: LeavingOut; token: string }) {
  const { t, i18n } = useTranslation('channels');
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: async () => (await leave({ body: { token }, throwOnError: true })).data,
    onSuccess: (done) => client.setQueryData(['leaving', token], done),
  });
  const inWords = ({ zh, en }: Label) => (i18n.language.startsWith('zh') ? zh : en);
  const words = { purpose: inWords(found.purpose), channel: inWords(found.channel) };
  if (found.is_done) {
    return (
      <Card>
        <div className="k-stack">
          <h1>{t('leaving.done')}</h1>
          <Note tone="success">{t('leaving.doneText', words)}</Note>
        </div>
      </Card>
    );
  }
  return (
    <Card>
      <div className="k-stack">
        <h1>{t('leaving.question', words)}</h1>
        <p className="k-label">{t('leaving.text')}</p>
        <Button type="primary" size="large" block loading={act.isPending} onClick={() => act.mutate()}>
          {t('leaving.confirm')}
        </Button>
        <ProblemNote problem={act.error} />
      </div>
    </Card>
  );
}

function Words({ token }: { token: string }) {
  const { t } = useTranslation('channels');
  const query = useQuery({
    queryKey: ['leaving', token],
    queryFn: async ({ signal }) => (await readLeaving({ body: { token }, signal, throwOnError: true })).data,
    retry: false,
  });
  const { error } = query;
  if (error instanceof ApiProblem && error.status < 500) {
    return <EmptyState isPage title={t('leaving.wrongLink')} text={error.detail ?? ''} />;
  }
  return <QueryView query={query}>{(found) => <Question found={found} token={token} />}</QueryView>;
}

export function LeavingPage() {
  const { t } = useTranslation('channels');
  const { token } = useParams({ from: '/u/$token' });
  const title = t('leaving.title');
  return (
    <OutsidePage title={title} width={520}>
      <Words token={token} />
    </OutsidePage>
  );
}
