/** A new user: who, where, with which roles. The first password is set here and handed over in person. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { createUser } from '@/api/generated/sdk.gen';
import type { UserIn } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { rolesQuery, usersQuery } from '../queries';
import { UnitSelect } from '../units/unit-select';
import { type Draft, useDraft } from '../use-draft';
import { PasswordField } from './password-field';
import { RoleChoice } from './role-choice';

interface NewUserDrawerProps {
  isOpen: boolean;
  onClose: () => void;
}

const EMPTY = { name: '', email: '', password: '', unit: '', roles: [] as string[] };
type NewUser = typeof EMPTY;

function UserFields({ draft, errors }: { draft: Draft<NewUser>; errors: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('settings');
  const roles = useQuery(rolesQuery).data ?? [];
  const { value, change } = draft;
  return (
    <>
      <Field label={t('users.name')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={value.name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('users.email')} hint={t('users.emailHint')} error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            value={value.email}
            maxLength={254}
            autoComplete="off"
            onChange={(event) => change({ email: event.target.value })}
          />
        )}
      </Field>
      <PasswordField
        label={t('users.firstPassword')}
        hint={t('users.firstPasswordHint')}
        value={value.password}
        error={errors.password}
        onChange={(password) => change({ password })}
      />
      <Field label={t('users.unit')} hint={t('users.unitHint')} error={errors.unit}>
        {(control) => (
          <UnitSelect control={control} value={value.unit} onChange={(unit) => change({ unit })} />
        )}
      </Field>
      <RoleChoice roles={roles} chosen={value.roles} onChange={(keys) => change({ roles: keys })} />
    </>
  );
}

export function NewUserDrawer({ isOpen, onClose }: NewUserDrawerProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const draft = useDraft('new', EMPTY);
  const { value } = draft;
  const create = useMutation({
    mutationFn: async (body: UserIn) => (await createUser({ body, throwOnError: true })).data,
    onSuccess: (user) => {
      void client.invalidateQueries({ queryKey: usersQuery.queryKey });
      void client.invalidateQueries({ queryKey: rolesQuery.queryKey });
      notify.done(t('users.made', { name: user.name }));
      close();
    },
  });
  const close = () => {
    create.reset();
    draft.reset();
    onClose();
  };
  const save = () =>
    create.mutate({
      name: value.name.trim(),
      email: value.email.trim(),
      password: value.password,
      roles: value.roles,
      ...(value.unit ? { unit: value.unit } : {}),
    });
  const isReady = value.name.trim() !== '' && value.email.trim() !== '' && value.password !== '';
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={close}
      title={t('users.new')}
      foot={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button type="primary" disabled={!isReady} loading={create.isPending} onClick={save}>
            {t('users.create')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <UserFields draft={draft} errors={fieldErrors(create.error, t('invalid'))} />
        <ProblemNote problem={create.error} />
      </div>
    </SideDrawer>
  );
}
