/** Changing the password. The server's rules for a good one are shown in its own words. */
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { callAuth } from '@/lib/session/auth';
import styles from './account.module.css';
import { shownProblem, useSure } from './use-sure';

const blank = { current: '', next: '', again: '' };

export function PasswordCard() {
  const { t } = useTranslation('account');
  const notify = useNotify();
  const { run, dialog } = useSure();
  const [form, setForm] = useState(blank);
  const set = (key: keyof typeof blank) => (event: { target: { value: string } }) =>
    setForm({ ...form, [key]: event.target.value });
  const change = useMutation({
    mutationFn: () =>
      run(() =>
        callAuth('/account/password/change', 'POST', {
          current_password: form.current,
          new_password: form.next,
        }),
      ),
    onSuccess: (answer) => {
      if (answer.status !== 200) return;
      setForm(blank);
      notify.done(t('password.changed'));
    },
  });
  const refused = change.data && change.data.status !== 200 ? change.data.errors : [];
  const errorOf = (param: string) => refused.find((error) => error.param === param)?.message;
  const isDifferent = form.again !== '' && form.again !== form.next;
  const canSend = form.current !== '' && form.next !== '' && form.again === form.next;
  return (
    <Card title={t('password.title')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend) change.mutate();
        }}
      >
        <Field label={t('password.current')} error={errorOf('current_password')}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="current-password"
              value={form.current}
              onChange={set('current')}
            />
          )}
        </Field>
        <Field label={t('password.next')} hint={t('password.hint')} error={errorOf('new_password')}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="new-password"
              value={form.next}
              onChange={set('next')}
            />
          )}
        </Field>
        <Field label={t('password.again')} error={isDifferent ? t('password.different') : undefined}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="new-password"
              value={form.again}
              onChange={set('again')}
            />
          )}
        </Field>
        <ProblemNote problem={shownProblem(change.error)} />
        <Button htmlType="submit" disabled={!canSend} loading={change.isPending}>
          {t('password.submit')}
        </Button>
      </form>
      {dialog}
    </Card>
  );
}
