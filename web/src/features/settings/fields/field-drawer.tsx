/** One field: what it is for good, and what may be changed. Of a shipped field only names, listing and rule change. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { updateField } from '@/api/generated/sdk.gen';
import type { FieldChange, RegistryField, RegistryFieldChanged } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { fieldErrors } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { Tag } from '@/components/marks/tag';
import { useLabel } from '../labels';
import { fieldsQuery } from '../queries';
import styles from '../settings.module.css';
import { type Draft, useDraft } from '../use-draft';
import { type FieldForm, isRaised, isRecomputed, toChange, toForm } from './field-change';
import { FieldFacts } from './field-facts';
import { ClassChoice, ListedChoice, SectionChoice, SurvivorshipChoice, Synonyms } from './field-parts';
import { sections, useFieldWords } from './field-words';

interface FieldDrawerProps {
  field: RegistryField;
  canManage: boolean;
  onClose: () => void;
}

interface FormProps {
  field: RegistryField;
  draft: Draft<FieldForm>;
  errors: Readonly<Record<string, string>>;
}

function OwnParts({ field, draft, errors }: FormProps) {
  const { t } = useTranslation('settings');
  const words = useFieldWords();
  const { value, change } = draft;
  return (
    <section className={styles.group}>
      <SectionChoice
        value={value.section}
        error={errors.section}
        options={sections.map((key) => ({ value: key, label: words.section(key) }))}
        onChange={(section) => change({ section })}
      />
      <ClassChoice
        value={value.dataClass}
        isLocked={field.data_class === 'C2'}
        onChange={(dataClass) => change({ dataClass })}
      />
      {isRaised(toChange(field, value)) && <Note tone="warning">{t('fields.raise')}</Note>}
      <Checkbox checked={value.isActive} onChange={(event) => change({ isActive: event.target.checked })}>
        {t('fields.activeLong')}
      </Checkbox>
      {field.is_active && !value.isActive && <Note tone="warning">{t('fields.retireHint')}</Note>}
    </section>
  );
}

function FieldFormBody({ field, draft, errors }: FormProps) {
  const { t } = useTranslation('settings');
  const { value, change } = draft;
  return (
    <>
      <section className={styles.group}>
        <LabelFields value={value} errors={errors} onChange={change} />
        <Synonyms
          value={value.synonyms}
          error={errors.synonyms}
          onChange={(synonyms) => change({ synonyms })}
        />
        <ListedChoice value={value.isListed} onChange={(isListed) => change({ isListed })} />
      </section>
      {field.origin === 'custom' && <OwnParts field={field} draft={draft} errors={errors} />}
      <section className={styles.group}>
        <h2 className={styles.title}>{t('fields.columns.survivorship')}</h2>
        {isRecomputed(toChange(field, value)) && <Note tone="warning">{t('fields.recompute')}</Note>}
        <SurvivorshipChoice
          value={value.survivorship}
          onChange={(survivorship) => change({ survivorship })}
        />
      </section>
    </>
  );
}

function savedKey({ needs_recompute, sealing_percent }: RegistryFieldChanged) {
  if (sealing_percent !== null) return 'fields.savedSealing';
  return needs_recompute ? 'fields.savedLater' : 'fields.saved';
}

export function FieldDrawer({ field, canManage, onClose }: FieldDrawerProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const label = useLabel();
  const words = useFieldWords();
  const draft = useDraft(field.key, toForm(field));
  const change = toChange(field, draft.value);
  const update = useMutation({
    mutationFn: async (body: FieldChange) =>
      (await updateField({ path: { key: field.key }, body, throwOnError: true })).data,
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: fieldsQuery.queryKey });
      const name = label(saved.label);
      notify.done(t(savedKey(saved), { name }));
      onClose();
    },
  });
  const canSave =
    Object.keys(change).length > 0 && draft.value.zh.trim() !== '' && draft.value.en.trim() !== '';
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={label(field.label)}
      tags={<Tag tone={field.origin === 'custom' ? 'primary' : 'neutral'}>{words.origin(field.origin)}</Tag>}
      foot={
        canManage && (
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button
              type="primary"
              disabled={!canSave}
              loading={update.isPending}
              onClick={() => update.mutate(change)}
            >
              {t('common:save')}
            </Button>
          </>
        )
      }
    >
      <div className="k-stack">
        <FieldFacts field={field} isWhole={!canManage} />
        {canManage && (
          <FieldFormBody field={field} draft={draft} errors={fieldErrors(update.error, t('invalid'))} />
        )}
        <ProblemNote problem={update.error} />
      </div>
    </SideDrawer>
  );
}
