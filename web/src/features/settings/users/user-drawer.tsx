/** One user: name, unit, roles, password, and whether he may come in. Roles are taken before others are given. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateUser } from '@/api/generated/sdk.gen';
import type { UserChange, UserOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { useCan, useMe } from '@/lib/session/me';
import { rolesQuery, unitsQuery, usersQuery } from '../queries';
import styles from '../settings.module.css';
import { UnitSelect } from '../units/unit-select';
import { useDraft } from '../use-draft';
import { HeldRoles, type RoleChanges } from './held-roles';
import { PasswordField } from './password-field';
import { UserState } from './user-state';

interface UserForm {
  name: string;
  unit: string;
  password: string;
  roles: RoleChanges;
}

const NO_CHANGES: RoleChanges = { added: [], removed: [] };

function toChange(user: UserOut, value: UserForm): UserChange {
  return {
    ...(value.name.trim() === user.name ? {} : { name: value.name.trim() }),
    ...(value.unit === user.unit.code ? {} : { unit: value.unit }),
    ...(value.password === '' ? {} : { password: value.password }),
    ...(value.roles.added.length > 0 ? { add_roles: [...value.roles.added] } : {}),
    ...(value.roles.removed.length > 0 ? { remove_roles: [...value.roles.removed] } : {}),
  };
}

function useUserForm(user: UserOut, onClose: () => void) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const notify = useNotify();
  const draft = useDraft<UserForm>(String(user.id), {
    name: user.name,
    unit: user.unit.code,
    password: '',
    roles: NO_CHANGES,
  });
  const update = useMutation({
    mutationFn: async (body: UserChange) =>
      (await updateUser({ path: { user_id: user.id }, body, throwOnError: true })).data,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: usersQuery.queryKey });
      void client.invalidateQueries({ queryKey: rolesQuery.queryKey });
    },
  });
  const close = () => {
    update.reset();
    draft.reset();
    onClose();
  };
  const change = toChange(user, draft.value);
  const save = () =>
    update.mutate(change, {
      onSuccess: (saved) => {
        notify.done(t('users.saved', { name: saved.name }));
        close();
      },
    });
  const canSave = Object.keys(change).length > 0 && draft.value.name.trim() !== '';
  return { draft, update, close, save, canSave };
}

type Form = ReturnType<typeof useUserForm>;

function SignInGroup({ user, form, isSelf }: { user: UserOut; form: Form; isSelf: boolean }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const notify = useNotify();
  const [isAsking, setAsking] = useState(false);
  const { draft, update } = form;
  const turn = (isActive: boolean) =>
    update.mutateAsync({ is_active: isActive }).then((saved) => {
      notify.done(t(isActive ? 'users.enabled' : 'users.disabled', { name: saved.name }));
    });
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{t('users.signIn')}</h2>
      <dl className={styles.facts}>
        <dt>{t('users.state')}</dt>
        <dd>
          <UserState user={user} />
        </dd>
        <dt>{t('users.lastSignIn')}</dt>
        <dd>{format.dateTime(user.last_login)}</dd>
      </dl>
      <PasswordField
        isOptional
        label={t('users.newPassword')}
        hint={t('users.newPasswordHint')}
        value={draft.value.password}
        error={fieldErrors(update.error, t('invalid')).password}
        onChange={(password) => draft.change({ password })}
      />
      {!isSelf && (
        <div>
          {user.is_active ? (
            <Button danger onClick={() => setAsking(true)}>
              {t('users.disable')}
            </Button>
          ) : (
            <Button loading={update.isPending} onClick={() => void turn(true).catch(() => undefined)}>
              {t('users.enable')}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        isDestructive
        title={t('users.disableTitle', { name: user.name })}
        confirmLabel={t('users.disable')}
        onConfirm={() => turn(false)}
        onClose={() => setAsking(false)}
      >
        {t('users.disableText')}
      </ConfirmDialog>
    </section>
  );
}

function UserBody({ user, form }: { user: UserOut; form: Form }) {
  const { t } = useTranslation('settings');
  const units = useQuery(unitsQuery).data ?? [];
  const roles = useQuery(rolesQuery).data ?? [];
  const isSelf = useMe().user.id === user.id;
  const canExplain = useCan()('access.explain');
  const { value, change } = form.draft;
  const errors = fieldErrors(form.update.error, t('invalid'));
  return (
    <div className="k-stack">
      <section className={styles.group}>
        <Field label={t('users.name')} error={errors.name}>
          {(control) => (
            <Input
              {...control}
              value={value.name}
              maxLength={100}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('users.unit')} error={errors.unit}>
          {(control) => (
            <UnitSelect control={control} value={value.unit} onChange={(unit) => change({ unit })} />
          )}
        </Field>
      </section>
      <section className={styles.group}>
        <h2 className={styles.title}>{t('users.roles')}</h2>
        {isSelf && <Note tone="warning">{t('users.self')}</Note>}
        <HeldRoles
          held={user.roles}
          ownUnit={value.unit}
          roles={roles}
          units={units}
          changes={value.roles}
          isLocked={isSelf}
          onChange={(changes) => change({ roles: changes })}
        />
        {canExplain && (
          <Link to="/settings/access" search={{ user: user.id }}>
            {t('users.explain')}
          </Link>
        )}
      </section>
      <SignInGroup user={user} form={form} isSelf={isSelf} />
      <ProblemNote problem={form.update.error} />
    </div>
  );
}

export function UserDrawer({ user, onClose }: { user: UserOut; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const form = useUserForm(user, onClose);
  return (
    <SideDrawer
      isOpen
      onClose={form.close}
      title={user.name}
      foot={
        <>
          <span className="k-caption k-grow k-ellipsis">
            {user.email} · {t('users.number', { id: user.id })}
          </span>
          <Button onClick={form.close}>{t('common:cancel')}</Button>
          <Button type="primary" disabled={!form.canSave} loading={form.update.isPending} onClick={form.save}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <UserBody user={user} form={form} />
    </SideDrawer>
  );
}
