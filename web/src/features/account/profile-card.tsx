/** Who I am here. The name is one's own; role and unit are kept by an administrator. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { Avatar } from '@/components/marks/avatar';
import { changeMe, meQuery, useMe } from '@/lib/session/me';
import styles from './account.module.css';

function NameForm() {
  const { t } = useTranslation(['account', 'common']);
  const me = useMe();
  const client = useQueryClient();
  const notify = useNotify();
  const [name, setName] = useState(me.user.name);
  const wanted = name.trim();
  const change = useMutation({
    mutationFn: () => changeMe({ name: wanted }),
    onSuccess: (next) => {
      client.setQueryData(meQuery.queryKey, next);
      notify.done(t('profile.saved'));
    },
  });
  return (
    <form
      className={styles.form}
      style={{ marginTop: 16 }}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Field label={t('profile.name')}>
        {(control) => (
          <div className="k-row">
            <Input
              {...control}
              value={name}
              maxLength={80}
              autoComplete="name"
              onChange={(event) => setName(event.target.value)}
            />
            <Button
              htmlType="submit"
              loading={change.isPending}
              disabled={wanted === '' || wanted === me.user.name}
            >
              {t('common:save')}
            </Button>
          </div>
        )}
      </Field>
      <ProblemNote problem={change.error} />
    </form>
  );
}

export function ProfileCard() {
  const { t } = useTranslation(['account', 'common']);
  const me = useMe();
  return (
    <Card title={t('profile.title')} foot={t('profile.kept')}>
      <div className={styles.person}>
        <Avatar name={me.user.name} hueKey={me.user.id} size={52} />
        <div>
          <div style={{ fontSize: 16, fontWeight: 600 }}>{me.user.name}</div>
          <div className="k-caption">{me.user.email}</div>
        </div>
      </div>
      <dl className={styles.facts}>
        <dt>{t('profile.role')}</dt>
        <dd>{me.roles.map((role) => role.label).join(t('common:listComma'))}</dd>
        <dt>{t('profile.unit')}</dt>
        <dd>{me.unit.name}</dd>
        <dt>{t('profile.scope')}</dt>
        <dd>{me.scope.label}</dd>
        <dt>{t('profile.reveals')}</dt>
        <dd>{t('profile.revealsUsed', me.reveals)}</dd>
      </dl>
      <NameForm />
    </Card>
  );
}
