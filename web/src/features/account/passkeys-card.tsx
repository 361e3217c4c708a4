/** Passkeys: sign-in with the device's own lock instead of password and code. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { ApiProblem } from '@/lib/http/problem';
import { callAuth } from '@/lib/session/auth';
import { canUsePasskeys } from '@/lib/session/passkeys';
import styles from './account.module.css';
import { authenticatorsQuery } from './authenticators';
import { shownProblem, useSure } from './use-sure';

interface CreationOptions {
  creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON };
}

const PATH = '/account/authenticators/webauthn';

/** The person turned the device's question down, or the device cannot. */
function isTurnedDown(error: unknown): boolean {
  return error instanceof DOMException;
}

export function PasskeysCard() {
  const { t } = useTranslation('account');
  const format = useFormat();
  const client = useQueryClient();
  const { run, dialog } = useSure();
  const all = useQuery(authenticatorsQuery).data ?? [];
  const keys = all.filter((one) => one.type === 'webauthn');
  const refresh = () => client.invalidateQueries({ queryKey: authenticatorsQuery.queryKey });
  const add = useMutation({
    mutationFn: async () => {
      const { data } = await run(() => callAuth<CreationOptions>(`${PATH}?passwordless`));
      if (!data) return;
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(data.creation_options.publicKey);
      const made = await navigator.credentials.create({ publicKey });
      if (!(made instanceof PublicKeyCredential)) return;
      const name = t('passkeys.name', { date: format.date(new Date()) });
      const kept = await run(() => callAuth(PATH, 'POST', { name, credential: made.toJSON() }));
      if (kept.status !== 200) {
        throw new ApiProblem({ status: kept.status, code: 'passkey.refused', title: t('passkeys.refused') });
      }
    },
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: number) => run(() => callAuth(PATH, 'DELETE', { authenticators: [id] })),
    onSuccess: refresh,
  });
  return (
    <Card title={t('passkeys.title')}>
      {keys.length === 0 && <div className="k-small k-label">{t('passkeys.why')}</div>}
      <ul>
        {keys.map((key) => (
          <li key={key.id} className={styles.passkey}>
            <span className="k-grow">
              {key.name}
              <span className="k-caption" style={{ display: 'block' }}>
                {t('passkeys.since', { date: format.date(key.created_at * 1000) })}
              </span>
            </span>
            <Button
              danger
              loading={remove.isPending && remove.variables === key.id}
              onClick={() => remove.mutate(key.id)}
            >
              {t('passkeys.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {isTurnedDown(add.error) && <Note tone="warning">{t('passkeys.turnedDown')}</Note>}
      {!isTurnedDown(add.error) && <ProblemNote problem={shownProblem(add.error ?? remove.error)} />}
      <div style={{ marginTop: 12 }}>
        {canUsePasskeys() ? (
          <Button loading={add.isPending} onClick={() => add.mutate()}>
            {t('passkeys.add')}
          </Button>
        ) : (
          <Note>{t('passkeys.needsDomain', { address: `http://localhost:${location.port}` })}</Note>
        )}
      </div>
      {dialog}
    </Card>
  );
}
