/**
 * Calls that want the password once more: the server answers 401 with `reauthenticate`, the person gives it,
 * and the same call is made again. `dialog` has to be rendered.
 */
import { Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { Field } from '@/components/form/field';
import { ApiProblem } from '@/lib/http/problem';
import { type AuthAnswer, callAuth, nextStep } from '@/lib/session/auth';

/** The person closed the dialog; nothing was done, and nothing has to be said. */
export class NotConfirmed extends Error {}

interface Waiting {
  resolve: () => void;
  reject: (reason: NotConfirmed) => void;
}

function PasswordDialog({
  isOpen,
  onDone,
  onClose,
}: {
  isOpen: boolean;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const confirm = async () => {
    const answer = await callAuth('/auth/reauthenticate', 'POST', { password });
    setPassword('');
    if (answer.status !== 200) {
      throw new ApiProblem({ status: answer.status, code: 'password.wrong', title: t('sure.wrong') });
    }
    onDone();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('sure.title')}
      confirmLabel={t('sure.confirm')}
      canConfirm={password !== ''}
      onConfirm={confirm}
      onClose={onClose}
    >
      <div className="k-label">{t('sure.text')}</div>
      <Field label={t('sure.password')}>
        {(control) => (
          <Input.Password
            {...control}
            autoFocus
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function useSure() {
  const { t } = useTranslation();
  const waiting = useRef<Waiting>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      waiting.current = { resolve, reject };
      setAsking(true);
    });
  const run = async <T,>(call: () => Promise<AuthAnswer<T>>): Promise<AuthAnswer<T>> => {
    let answer = await call();
    if (nextStep(answer) === 'reauthenticate') {
      await ask();
      answer = await call();
    }
    if (answer.status === 401) {
      throw new ApiProblem({ status: 401, code: 'session.ended', title: t('problem.unknown') });
    }
    return answer;
  };
  const dialog = (
    <PasswordDialog
      isOpen={isAsking}
      onDone={() => waiting.current?.resolve()}
      onClose={() => {
        setAsking(false);
        waiting.current?.reject(new NotConfirmed());
      }}
    />
  );
  return { run, dialog };
}

/** What to show of a failed mutation: nothing where the person turned back. */
export function shownProblem(error: unknown): unknown {
  return error instanceof NotConfirmed ? null : error;
}
