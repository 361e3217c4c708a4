/** E-mail or staff number, and password. Which of the two was wrong is told to nobody. */
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import { Note } from '@/components/marks/note';
import { type AuthAnswer, signIn } from '@/lib/session/auth';
import styles from './sign-in.module.css';
import { useRefusal } from './use-refusal';

interface PasswordFormProps {
  hasStaffNumbers: boolean;
  /** Answers whether the person is further. */
  onAnswer: (answer: AuthAnswer) => boolean;
}

export function PasswordForm({ hasStaffNumbers, onAnswer }: PasswordFormProps) {
  const { t } = useTranslation('signIn');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { isBusy, refusal, problem, submit } = useRefusal(onAnswer);
  const send = () => {
    const isIncomplete = login.trim() === '' || password === '';
    setMissing(isIncomplete);
    if (!isIncomplete) void submit(() => signIn(login.trim(), password));
  };
  const forgotten = (
    <Popover
      content={<div style={{ maxWidth: 260 }}>{t('forgottenHelp')}</div>}
      trigger="click"
      placement="bottomRight"
    >
      <button type="button" className="k-plain-button k-link">
        {t('forgotten')}
      </button>
    </Popover>
  );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={hasStaffNumbers ? t('loginOrNumber') : t('login')}
        error={isMissing && login.trim() === '' ? t('loginMissing') : undefined}
      >
        {(control) => (
          <Input
            {...control}
            className={styles.control}
            name="username"
            autoComplete="username webauthn"
            autoFocus
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t('password')}
        aside={forgotten}
        error={isMissing && password === '' ? t('passwordMissing') : undefined}
      >
        {(control) => (
          <Input.Password
            {...control}
            className={styles.control}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {refusal && (
        <Note tone="error">{refusal === 'too_many_login_attempts' ? t('locked') : t('wrong')}</Note>
      )}
      <ProblemNote problem={problem} />
      <Button type="primary" htmlType="submit" block className={styles.submit} loading={isBusy}>
        {t('submit')}
      </Button>
    </form>
  );
}
