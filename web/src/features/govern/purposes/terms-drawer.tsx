/** A new purpose, or other terms for one that is known: on what ground, by which channels, told in which words. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createPurpose, publishPurposeVersion } from '@/api/generated/sdk.gen';
import type { PurposeOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import styles from './purposes.module.css';
import { purposesQuery } from './queries';
import { EMPTY, fromPurpose, isWhole, type TermsForm, toTerms } from './terms-form';
import { useWords } from './use-words';

interface PartProps {
  value: TermsForm;
  change: (part: Partial<TermsForm>) => void;
}

function Ground({ value, change }: PartProps) {
  const { t } = useTranslation('govern');
  const words = useWords();
  return (
    <>
      <Field label={t('purposes.basis')} hint={t('purposes.basisHint')}>
        {(control) => (
          <Select
            {...control}
            value={value.basis}
            options={words.options('legal_bases')}
            onChange={(basis) => change({ basis, isSeparate: basis === 'consent' && value.isSeparate })}
          />
        )}
      </Field>
      <Field label={t('purposes.channels')}>
        {(control) => (
          <Select
            {...control}
            mode="multiple"
            value={[...value.channels]}
            options={words.options('channels')}
            onChange={(channels: string[]) => change({ channels })}
          />
        )}
      </Field>
      <Field label={t('purposes.retention')} hint={t('purposes.retentionHint')}>
        {({ status, ...control }) => (
          <InputNumber
            {...control}
            status={status}
            min={1}
            max={36_500}
            precision={0}
            suffix={t('purposes.dayUnit')}
            value={value.days}
            onChange={(days) => change({ days })}
          />
        )}
      </Field>
      <div className={styles.checks}>
        <Checkbox
          checked={value.hasPersonal}
          onChange={(event) => change({ hasPersonal: event.target.checked })}
        >
          {t('purposes.personal')}
        </Checkbox>
        <Checkbox
          checked={value.isAutomated}
          onChange={(event) => change({ isAutomated: event.target.checked })}
        >
          {t('purposes.automatedCheck')}
        </Checkbox>
        <Checkbox
          disabled={value.basis !== 'consent'}
          checked={value.isSeparate}
          onChange={(event) => change({ isSeparate: event.target.checked })}
        >
          {t('purposes.separateCheck')}
        </Checkbox>
      </div>
    </>
  );
}

function NoticeSlots({ value, change }: PartProps) {
  const { t } = useTranslation('govern');
  const words = useWords();
  return (
    <section className="k-stack">
      <div>
        <h2 className={styles.title}>{t('purposes.notice')}</h2>
        <p className="k-caption">{t('purposes.noticeHint')}</p>
      </div>
      {words.slots.map((slot) => (
        <Field key={slot} label={words.slot(slot)}>
          {(control) => (
            <Input.TextArea
              {...control}
              value={value.notice[slot] ?? ''}
              maxLength={2000}
              autoSize={{ minRows: 1, maxRows: 5 }}
              onChange={(event) => change({ notice: { ...value.notice, [slot]: event.target.value } })}
            />
          )}
        </Field>
      ))}
    </section>
  );
}

function usePublish(known: PurposeOut | undefined, onDone: () => void) {
  const { t } = useTranslation('govern');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (value: TermsForm) => {
      const terms = toTerms(value);
      if (known) {
        const path = { key: known.key };
        return (await publishPurposeVersion({ path, body: terms, throwOnError: true })).data;
      }
      const name = { zh: value.zh.trim(), en: value.en.trim() };
      return (await createPurpose({ body: { key: value.key, name, ...terms }, throwOnError: true })).data;
    },
    onSuccess: ({ current }) => {
      void client.invalidateQueries({ queryKey: purposesQuery.queryKey });
      notify.done(t('purposes.publishedVersion', { version: current.version }));
      onDone();
    },
  });
}

interface TermsDrawerProps {
  /** The purpose that gets other terms; none makes a new one. */
  known: PurposeOut | undefined;
  onClose: () => void;
}

export function TermsDrawer({ known, onClose }: TermsDrawerProps) {
  const { t } = useTranslation(['govern', 'common']);
  const words = useWords();
  const [value, setValue] = useState<TermsForm>(() => ({ ...EMPTY, ...(known ? fromPurpose(known) : {}) }));
  const publish = usePublish(known, onClose);
  const change = (part: Partial<TermsForm>) => {
    setValue((before) => ({ ...before, ...part }));
    publish.reset();
  };
  const errors = fieldErrors(publish.error, t('purposes.invalid'));
  return (
    <SideDrawer
      isOpen
      size="wide"
      onClose={onClose}
      title={known ? t('purposes.publishTitle', { name: words.label(known.name) }) : t('purposes.new')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isWhole(value, words.slots, known !== undefined)}
            loading={publish.isPending}
            onClick={() => publish.mutate(value)}
          >
            {t('purposes.publishNow')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        {known ? (
          <Note tone="warning">{t('purposes.publishText')}</Note>
        ) : (
          <>
            <LabelFields value={value} errors={errors} hasFocus onChange={change} />
            <Field label={t('purposes.key')} hint={t('purposes.keyHint')} error={errors.key}>
              {(control) => (
                <Input
                  {...control}
                  className="k-mono"
                  value={value.key}
                  maxLength={64}
                  placeholder="marketing"
                  onChange={(event) => change({ key: event.target.value.toLowerCase() })}
                />
              )}
            </Field>
          </>
        )}
        <Ground value={value} change={change} />
        <NoticeSlots value={value} change={change} />
        <ProblemNote problem={publish.error} />
      </div>
    </SideDrawer>
  );
}
