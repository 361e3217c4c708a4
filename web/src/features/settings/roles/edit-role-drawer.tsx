/** An own role, new or changed. It gives nobody anything until a system administrator grants it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { createRole, updateRole } from '@/api/generated/sdk.gen';
import type { RoleIn, RoleOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useLabel } from '../labels';
import { rightsQuery, rolesQuery } from '../queries';
import styles from '../settings.module.css';
import { type Draft, useDraft } from '../use-draft';
import { powersOf } from '../users/separation';
import { RightsEditor, type Scope } from './rights-editor';
import type { Rule } from './rule-words';
import { RulesEditor } from './rules-editor';

interface RoleForm {
  key: string;
  zh: string;
  en: string;
  permissions: Readonly<Record<string, Scope>>;
  rules: Readonly<Record<string, Rule>>;
}

function initial(role: RoleOut | undefined): RoleForm {
  return {
    key: role?.key ?? '',
    zh: role?.label.zh ?? '',
    en: role?.label.en ?? '',
    permissions: Object.fromEntries(
      (role?.rights ?? []).map((right) => [right.permission, right.scope as Scope]),
    ),
    rules: (role?.field_rules ?? {}) as Record<string, Rule>,
  };
}

function toBody({ key, zh, en, permissions, rules }: RoleForm): RoleIn {
  return {
    key: key.trim(),
    label: { zh: zh.trim(), en: en.trim() },
    permissions: { ...permissions },
    field_rules: { ...rules },
  };
}

async function saveRole(isNew: boolean, { key, ...change }: RoleIn): Promise<RoleOut> {
  if (isNew) return (await createRole({ body: { key, ...change }, throwOnError: true })).data;
  return (await updateRole({ path: { key }, body: change, throwOnError: true })).data;
}

interface NamesProps {
  draft: Draft<RoleForm>;
  isNew: boolean;
  errors: Readonly<Record<string, string>>;
}

function RoleNames({ draft, isNew, errors }: NamesProps) {
  const { t } = useTranslation('settings');
  const { value, change } = draft;
  return (
    <section className={styles.group}>
      <LabelFields value={value} errors={errors} hasFocus={isNew} onChange={change} />
      {isNew && (
        <Field label={t('roles.key')} hint={t('keyHint')} error={errors.key}>
          {(control) => (
            <Input
              {...control}
              value={value.key}
              maxLength={64}
              spellCheck={false}
              placeholder="call_center"
              onChange={(event) => change({ key: event.target.value.trim() })}
            />
          )}
        </Field>
      )}
    </section>
  );
}

function useRoleForm(role: RoleOut | undefined, onClose: () => void) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const notify = useNotify();
  const label = useLabel();
  const draft = useDraft(role?.key ?? 'new', initial(role));
  const save = useMutation({
    mutationFn: (body: RoleIn) => saveRole(role === undefined, body),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: rolesQuery.queryKey });
      notify.done(t(role ? 'roles.saved' : 'roles.made', { name: label(saved.label) }));
      onClose();
    },
  });
  const { value } = draft;
  const isComplete = [value.key, value.zh, value.en].every((text) => text.trim() !== '');
  const isApart = powersOf(Object.keys(value.permissions)).length <= 1;
  return { draft, save, isApart, canSave: isComplete && isApart && draft.isChanged };
}

interface EditRoleDrawerProps {
  /** The role as it stands; undefined: a new one. */
  own: RoleOut | undefined;
  onClose: () => void;
}

export function EditRoleDrawer({ own: role, onClose }: EditRoleDrawerProps) {
  const { t } = useTranslation(['settings', 'common']);
  const label = useLabel();
  const kinds = useQuery(rightsQuery).data ?? [];
  const { draft, save, isApart, canSave } = useRoleForm(role, onClose);
  const { value, change } = draft;
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      size="wide"
      title={role ? label(role.label) : t('roles.new')}
      foot={
        <>
          <span className="k-caption k-grow">
            {role ? t('roles.effect', { count: role.holder_count }) : t('roles.newEffect')}
          </span>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!canSave}
            loading={save.isPending}
            onClick={() => save.mutate(toBody(value))}
          >
            {role ? t('common:save') : t('roles.create')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <RoleNames draft={draft} isNew={!role} errors={fieldErrors(save.error, t('invalid'))} />
        <RightsEditor
          kinds={kinds}
          value={value.permissions}
          onChange={(permissions) => change({ permissions })}
        />
        {!isApart && <Note tone="error">{t('roles.notApart')}</Note>}
        <RulesEditor value={value.rules} onChange={(given) => change({ rules: given })} />
        <ProblemNote problem={save.error} />
      </div>
    </SideDrawer>
  );
}
