/** How far one kind of identifier is trusted, to be changed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateIdentifierKind } from '@/api/generated/sdk.gen';
import type { KindChange, KindOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { isLoosened, type KindForm, toChange, toForm } from './change';
import styles from './matching.module.css';
import { kindsQuery } from './queries';
import { type Strength, strengths, useKindWords } from './words';

const A_YEAR = 365;

interface PartProps {
  kind: KindOut;
  form: KindForm;
  onChange: (part: Partial<KindForm>) => void;
}

function StrengthPart({ kind, form, onChange }: PartProps) {
  const { t } = useTranslation('resolve');
  if (kind.is_device) return <Note>{t('matching.kinds.deviceHint')}</Note>;
  return (
    <section className={styles.group}>
      <h2 className={styles.title}>{t('matching.kinds.strength')}</h2>
      <ChoiceList<Strength>
        label={t('matching.kinds.strength')}
        size="small"
        choices={strengths.map((key) => ({
          value: key,
          label: t(`matching.kinds.strengths.${key}`),
          detail: t(`matching.kinds.strengthHints.${key}`),
        }))}
        value={form.strength}
        onChange={(strength) => onChange({ strength })}
      />
      {isLoosened(kind, form) && <Note tone="warning">{t('matching.kinds.loosened')}</Note>}
    </section>
  );
}

function FiguresPart({ form, onChange }: PartProps) {
  const { t } = useTranslation('resolve');
  return (
    <section className={styles.group}>
      <Field label={t('matching.kinds.limit')} hint={t('matching.kinds.limitHint')}>
        {({ status, ...control }) => (
          <InputNumber
            {...control}
            status={status}
            min={0}
            max={1000}
            precision={0}
            value={form.limit}
            onChange={(limit) => onChange({ limit: limit ?? 0 })}
          />
        )}
      </Field>
      <Checkbox
        checked={form.windowDays !== null}
        onChange={(event) => onChange({ windowDays: event.target.checked ? A_YEAR : null })}
      >
        {t('matching.kinds.windowSome')}
      </Checkbox>
      {form.windowDays !== null && (
        <Field label={t('matching.kinds.windowDays')} hint={t('matching.kinds.windowHint')}>
          {({ status, ...control }) => (
            <InputNumber
              {...control}
              status={status}
              min={1}
              max={3650}
              precision={0}
              value={form.windowDays}
              onChange={(days) => onChange({ windowDays: days ?? A_YEAR })}
            />
          )}
        </Field>
      )}
      <Field label={t('matching.kinds.priority')} hint={t('matching.kinds.priorityHint')}>
        {({ status, ...control }) => (
          <InputNumber
            {...control}
            status={status}
            min={1}
            max={99}
            precision={0}
            value={form.priority}
            onChange={(priority) => onChange({ priority: priority ?? 1 })}
          />
        )}
      </Field>
    </section>
  );
}

export function KindDrawer({ kind, onClose }: { kind: KindOut; onClose: () => void }) {
  const { t } = useTranslation(['resolve', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const words = useKindWords();
  const [edited, setEdited] = useState<Partial<KindForm>>({});
  const form = { ...toForm(kind), ...edited };
  const change = toChange(kind, form);
  const update = useMutation({
    mutationFn: async (body: KindChange) =>
      (await updateIdentifierKind({ path: { key: kind.key }, body, throwOnError: true })).data,
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: kindsQuery.queryKey });
      notify.done(t('matching.kinds.saved', { kind: words.label(saved.label) }));
      onClose();
    },
  });
  const part = {
    kind,
    form,
    onChange: (more: Partial<KindForm>) => setEdited((known) => ({ ...known, ...more })),
  };
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={words.label(kind.label)}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={Object.keys(change).length === 0}
            loading={update.isPending}
            onClick={() => update.mutate(change)}
          >
            {t('common:save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <StrengthPart {...part} />
        <FiguresPart {...part} />
        <ProblemNote problem={update.error} />
      </div>
    </SideDrawer>
  );
}
