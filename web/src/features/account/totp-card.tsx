/** The authenticator app: on with a scan and a code, off with a question. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { callAuth } from '@/lib/session/auth';
import { authenticatorsQuery, findTotp } from './authenticators';
import { TotpSetup } from './totp-setup';
import { NotConfirmed, shownProblem, useSure } from './use-sure';

export function TotpCard() {
  const { t } = useTranslation('account');
  const format = useFormat();
  const notify = useNotify();
  const client = useQueryClient();
  const { run, dialog } = useSure();
  const [isRemoving, setRemoving] = useState(false);
  const totp = findTotp(useQuery(authenticatorsQuery).data);
  const refresh = () => client.invalidateQueries({ queryKey: authenticatorsQuery.queryKey });
  const begin = useMutation({
    mutationFn: async () => {
      const { meta } = await run(() => callAuth('/account/authenticators/totp'));
      return { secret: String(meta.secret ?? ''), url: String(meta.totp_url ?? '') };
    },
  });
  const remove = async () => {
    setRemoving(false);
    try {
      await run(() => callAuth('/account/authenticators/totp', 'DELETE'));
      await refresh();
      notify.done(t('totp.removed'));
    } catch (problem) {
      if (!(problem instanceof NotConfirmed)) notify.failed(problem);
    }
  };
  const activate = async (code: string) => {
    const answer = await run(() => callAuth('/account/authenticators/totp', 'POST', { code }));
    if (answer.status !== 200) return false;
    begin.reset();
    await refresh();
    notify.done(t('totp.added'));
    return true;
  };
  const state = totp ? <Tag tone="success">{t('totp.on')}</Tag> : <Tag>{t('totp.off')}</Tag>;
  return (
    <Card title={t('totp.title')} extra={state}>
      {totp && (
        <div className="k-row k-wrap">
          <span className="k-grow k-small k-label">
            {t('totp.since', { date: format.date(totp.created_at * 1000) })}
          </span>
          <Button danger onClick={() => setRemoving(true)}>
            {t('totp.remove')}
          </Button>
        </div>
      )}
      {!totp && !begin.data && (
        <div className="k-row k-wrap">
          <span className="k-grow k-small k-label">{t('totp.why')}</span>
          <Button loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('totp.add')}
          </Button>
        </div>
      )}
      {!totp && begin.data && (
        <TotpSetup {...begin.data} onActivate={activate} onCancel={() => begin.reset()} />
      )}
      <ProblemNote problem={shownProblem(begin.error)} />
      <ConfirmDialog
        isOpen={isRemoving}
        title={t('totp.removeTitle')}
        confirmLabel={t('totp.remove')}
        isDestructive
        onConfirm={() => void remove()}
        onClose={() => setRemoving(false)}
      >
        {t('totp.removeText')}
      </ConfirmDialog>
      {dialog}
    </Card>
  );
}
