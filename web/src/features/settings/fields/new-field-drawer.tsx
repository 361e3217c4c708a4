/** An own field. Its key, standard and party are for good; personal by default, because a class only rises. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { createField } from '@/api/generated/sdk.gen';
import type { FieldIn } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { SideDrawer } from '@/components/layout/side-drawer';
import { useLabel } from '../labels';
import { fieldsQuery, standardsQuery } from '../queries';
import styles from '../settings.module.css';
import { type Draft, useDraft } from '../use-draft';
import { ClassChoice, ListedChoice, SectionChoice, SurvivorshipChoice, Synonyms } from './field-parts';
import {
  type DataClass,
  type Party,
  parties,
  type Survivorship,
  sections,
  useFieldWords,
} from './field-words';

const EMPTY = {
  zh: '',
  en: '',
  key: '',
  section: 'background',
  standard: 'text',
  party: 'any' as Party,
  dataClass: 'C2' as DataClass,
  isListed: false,
  synonyms: [] as string[],
  survivorship: 'trust' as Survivorship,
};
type NewField = typeof EMPTY;

function toBody(value: NewField): FieldIn {
  return {
    key: value.key,
    label: { zh: value.zh.trim(), en: value.en.trim() },
    section: value.section,
    standard: value.standard,
    party: value.party,
    data_class: value.dataClass,
    is_listed: value.isListed,
    synonyms: value.synonyms,
    survivorship: value.survivorship,
  };
}

interface FormProps {
  draft: Draft<NewField>;
  errors: Readonly<Record<string, string>>;
}

function Meaning({ draft, errors }: FormProps) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const words = useFieldWords();
  const standards = useQuery(standardsQuery).data ?? [];
  const { value, change } = draft;
  return (
    <section className={styles.group}>
      <LabelFields value={value} errors={errors} hasFocus onChange={change} />
      <Field label={t('fields.columns.key')} hint={t('keyHint')} error={errors.key}>
        {(control) => (
          <Input
            {...control}
            value={value.key}
            maxLength={63}
            spellCheck={false}
            placeholder="pet_name"
            onChange={(event) => change({ key: event.target.value.trim() })}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <SectionChoice
          value={value.section}
          error={errors.section}
          options={sections.map((key) => ({ value: key, label: words.section(key) }))}
          onChange={(section) => change({ section })}
        />
        <Field label={t('fields.columns.party')} error={errors.party}>
          {({ status, ...control }) => (
            <Select<Party>
              {...control}
              status={status}
              value={value.party}
              options={parties.map((key) => ({ value: key, label: words.party(key) }))}
              onChange={(party) => change({ party })}
            />
          )}
        </Field>
      </div>
      <Field label={t('fields.columns.standard')} hint={t('fields.standardHint')} error={errors.standard}>
        {({ status, ...control }) => (
          <Select<string>
            {...control}
            status={status}
            showSearch={{ optionFilterProp: 'label' }}
            value={value.standard}
            options={standards.map((standard) => ({ value: standard.key, label: label(standard.label) }))}
            onChange={(standard) => change({ standard })}
          />
        )}
      </Field>
    </section>
  );
}

export function NewFieldDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const label = useLabel();
  const draft = useDraft('new', EMPTY);
  const { value, change } = draft;
  const create = useMutation({
    mutationFn: async (body: FieldIn) => (await createField({ body, throwOnError: true })).data,
    onSuccess: (field) => {
      void client.invalidateQueries({ queryKey: fieldsQuery.queryKey });
      notify.done(t('fields.made', { name: label(field.label) }));
      close();
    },
  });
  const close = () => {
    create.reset();
    draft.reset();
    onClose();
  };
  const errors = fieldErrors(create.error, t('invalid'));
  const isReady = [value.zh, value.en, value.key].every((text) => text.trim() !== '');
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={close}
      title={t('fields.new')}
      foot={
        <>
          <span className="k-caption k-grow">{t('fields.newHint')}</span>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isReady}
            loading={create.isPending}
            onClick={() => create.mutate(toBody(value))}
          >
            {t('fields.create')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <Meaning draft={draft} errors={errors} />
        <section className={styles.group}>
          <ClassChoice
            value={value.dataClass}
            isLocked={false}
            onChange={(dataClass) => change({ dataClass })}
          />
          <ListedChoice value={value.isListed} onChange={(isListed) => change({ isListed })} />
          <Synonyms
            value={value.synonyms}
            error={errors.synonyms}
            onChange={(synonyms) => change({ synonyms })}
          />
        </section>
        <section className={styles.group}>
          <h2 className={styles.title}>{t('fields.columns.survivorship')}</h2>
          <SurvivorshipChoice
            value={value.survivorship}
            onChange={(survivorship) => change({ survivorship })}
          />
        </section>
        <ProblemNote problem={create.error} />
      </div>
    </SideDrawer>
  );
}
