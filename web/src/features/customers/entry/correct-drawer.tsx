/** 更正: states values by hand. Only what is written is changed; an empty entry of before can be taken back. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { correctCustomer } from '@/api/generated/sdk.gen';
import type { Profile, RegistryField } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { type FieldBook, useFieldBook } from '../field-book';
import { bySection, enterableFields, written } from './fields';
import { SectionTitle } from './section-title';
import { ValueInput } from './value-input';

interface CorrectDrawerProps {
  profile: Profile;
  /** `all`, or the key of one field; undefined: closed. */
  target: string | undefined;
  onClose: () => void;
}

interface RowProps {
  field: RegistryField;
  profile: Profile;
  book: FieldBook;
  value: string;
  isTaken: boolean;
  onValue: (value: string) => void;
  onTake: (isTaken: boolean) => void;
}

function Row({ field, profile, book, value, isTaken, onValue, onTake }: RowProps) {
  const { t } = useTranslation('customers');
  const standing = profile.fields.find((known) => known.key === field.key);
  const isPinned = standing?.mark === 'pinned';
  return (
    <Field
      label={book.labelOf(field.key)}
      hint={standing && t('correct.now', { value: standing.shown.display, source: standing.source.name })}
      aside={
        isPinned && (
          <Checkbox checked={isTaken} onChange={(event) => onTake(event.target.checked)}>
            {t('correct.takeBack')}
          </Checkbox>
        )
      }
    >
      {(control) =>
        isTaken ? (
          <Input {...control} disabled value={t('correct.taken')} />
        ) : (
          <ValueInput field={field.key} book={book} control={control} value={value} onChange={onValue} />
        )
      }
    </Field>
  );
}

function useCorrection({ profile, onClose }: CorrectDrawerProps) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [taken, setTaken] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const stated = { ...written(values), ...Object.fromEntries(taken.map((key) => [key, null])) };
  const count = Object.keys(stated).length;
  const leave = () => {
    setValues({});
    setTaken([]);
    setReason('');
    setProblem(null);
    onClose();
  };
  const correct = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await correctCustomer({
        path: { customer_id: profile.id },
        body: { values: stated, reason: reason.trim() },
        throwOnError: true,
      });
      await client.invalidateQueries({ queryKey: ['customer', profile.id] });
      void client.invalidateQueries({ queryKey: ['customers', 'list'] });
      notify.done(t('correct.done', { count }));
      leave();
    } catch (caught) {
      setProblem(caught);
    } finally {
      setBusy(false);
    }
  };
  return { values, setValues, taken, setTaken, reason, setReason, problem, isBusy, count, leave, correct };
}

export function CorrectDrawer(props: CorrectDrawerProps) {
  const { profile, target } = props;
  const { t } = useTranslation(['customers', 'common']);
  const id = useId();
  const book = useFieldBook();
  const form = useCorrection(props);
  const [hasAll, setAll] = useState(false);
  const all = enterableFields(book, profile.party === 'o' ? 'o' : 'p');
  const known = all.filter((field) => profile.fields.some((own) => own.key === field.key));
  const one = book.fields.filter((field) => field.key === target);
  const fields = target === 'all' ? (hasAll ? all : known) : one;
  return (
    <SideDrawer
      isOpen={target !== undefined}
      onClose={form.leave}
      title={t('correct.title', { name: profile.name })}
      foot={
        <>
          <span className="k-caption k-grow">{t('correct.foot')}</span>
          <Button onClick={form.leave}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            form={id}
            loading={form.isBusy}
            disabled={form.count === 0 || !form.reason.trim()}
          >
            {t('correct.save', { count: form.count })}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="k-stack"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void form.correct();
        }}
      >
        {bySection(fields).map(({ section, fields: own }) => (
          <div key={section} className="k-stack">
            {target === 'all' && <SectionTitle section={section} />}
            {own.map((field) => (
              <Row
                key={field.key}
                field={field}
                profile={profile}
                book={book}
                value={form.values[field.key] ?? ''}
                isTaken={form.taken.includes(field.key)}
                onValue={(value) => form.setValues((old) => ({ ...old, [field.key]: value }))}
                onTake={(isTaken) =>
                  form.setTaken((old) =>
                    isTaken ? [...old, field.key] : old.filter((key) => key !== field.key),
                  )
                }
              />
            ))}
          </div>
        ))}
        {target === 'all' && !hasAll && <Button onClick={() => setAll(true)}>{t('correct.more')}</Button>}
        <Field label={t('common:reason.label')} hint={t('correct.reasonHint')}>
          {(control) => (
            <Input
              {...control}
              value={form.reason}
              maxLength={500}
              placeholder={t('correct.reasonExample')}
              onChange={(event) => form.setReason(event.target.value)}
            />
          )}
        </Field>
        <ProblemNote problem={form.problem} />
      </form>
    </SideDrawer>
  );
}
