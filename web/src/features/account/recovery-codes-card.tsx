/** Codes for the day the phone, or the device with the passkey, is lost. Shown once asked for; each works once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { callAuth } from '@/lib/session/auth';
import styles from './account.module.css';
import { authenticatorsQuery, findRecoveryCodes, hasSecondFactor } from './authenticators';
import { shownProblem, useSure } from './use-sure';

interface Codes {
  unused_codes?: readonly string[];
}

const PATH = '/account/authenticators/recovery-codes';

export function RecoveryCodesCard() {
  const { t } = useTranslation(['account', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const { run, dialog } = useSure();
  const all = useQuery(authenticatorsQuery).data;
  const known = findRecoveryCodes(all);
  const read = useMutation({
    mutationFn: async (method: 'GET' | 'POST') => {
      const answer = await run(() => callAuth<Codes>(PATH, method));
      await client.invalidateQueries({ queryKey: authenticatorsQuery.queryKey });
      return answer.data?.unused_codes ?? [];
    },
  });
  if (!hasSecondFactor(all)) return null;
  const codes = read.data;
  const copy = () => {
    void navigator.clipboard.writeText((codes ?? []).join('\n'));
    notify.done(t('common:copied'));
  };
  return (
    <Card title={t('recovery.title')} extra={known && t('recovery.left', { count: known.unused_code_count })}>
      <div className="k-small k-label">{t('recovery.why')}</div>
      {codes && codes.length > 0 && (
        <ul className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      )}
      {codes?.length === 0 && <div className="k-small k-label">{t('recovery.hidden')}</div>}
      <ProblemNote problem={shownProblem(read.error)} />
      <div className="k-row k-wrap" style={{ marginTop: 12 }}>
        {known && !codes && (
          <Button loading={read.isPending} onClick={() => read.mutate('GET')}>
            {t('recovery.show')}
          </Button>
        )}
        {codes && codes.length > 0 && <Button onClick={copy}>{t('recovery.copy')}</Button>}
        <Button loading={read.isPending} onClick={() => read.mutate('POST')}>
          {known ? t('recovery.renew') : t('recovery.make')}
        </Button>
      </div>
      {dialog}
    </Card>
  );
}
