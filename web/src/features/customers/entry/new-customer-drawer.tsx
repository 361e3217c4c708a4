/** Enters a customer by hand. While he is written, Kehu looks for customers with the same numbers. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createCustomer } from '@/api/generated/sdk.gen';
import type { RegistryField } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { SideDrawer } from '@/components/layout/side-drawer';
import { type FieldBook, useFieldBook } from '../field-book';
import { Alike } from './alike';
import { bySection, firstFields, furtherFields, type Party, written } from './fields';
import { SectionTitle } from './section-title';
import { ValueInput } from './value-input';

interface FormProps {
  id: string;
  party: Party;
  values: Readonly<Record<string, string>>;
  book: FieldBook;
  onChange: (key: string, value: string) => void;
}

function Inputs({ fields, values, book, onChange }: FormProps & { fields: readonly RegistryField[] }) {
  return fields.map((field) => (
    <Field key={field.key} label={book.labelOf(field.key)} isOptional={field.key !== 'name'}>
      {(control) => (
        <ValueInput
          field={field.key}
          book={book}
          control={control}
          value={values[field.key] ?? ''}
          onChange={(value) => onChange(field.key, value)}
        />
      )}
    </Field>
  ));
}

function EntryForm(props: FormProps) {
  const { t } = useTranslation('customers');
  const { party, book, values } = props;
  const [hasAll, setAll] = useState(false);
  return (
    <div className="k-stack">
      <Inputs {...props} fields={firstFields(book, party)} />
      <Alike values={values} book={book} />
      {hasAll ? (
        bySection(furtherFields(book, party)).map(({ section, fields }) => (
          <div key={section} className="k-stack">
            <SectionTitle section={section} />
            <Inputs {...props} fields={fields} />
          </div>
        ))
      ) : (
        <Button onClick={() => setAll(true)}>{t('entry.more')}</Button>
      )}
    </div>
  );
}

interface NewCustomerDrawerProps {
  isOpen: boolean;
  onClose: () => void;
}

function useEntry(onClose: () => void) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [party, setParty] = useState<Party>('p');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const leave = () => {
    setValues({});
    setProblem(null);
    onClose();
  };
  const enter = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await createCustomer({
        body: { party, values: written(values) },
        throwOnError: true,
      });
      await client.invalidateQueries({ queryKey: ['customers'] });
      setValues({});
      notify.done(t('entry.done'));
      await navigate({ to: '/customers/$id', params: { id: data.id } });
    } catch (caught) {
      setProblem(caught);
    } finally {
      setBusy(false);
    }
  };
  return { party, setParty, values, setValues, problem, isBusy, leave, enter };
}

export function NewCustomerDrawer({ isOpen, onClose }: NewCustomerDrawerProps) {
  const { t } = useTranslation(['customers', 'common']);
  const id = useId();
  const book = useFieldBook();
  const { party, setParty, values, setValues, problem, isBusy, leave, enter } = useEntry(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter();
  };
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={leave}
      title={t('entry.new')}
      foot={
        <>
          <span className="k-caption k-grow">{t('entry.foot')}</span>
          <Button onClick={leave}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" form={id} loading={isBusy} disabled={!values.name?.trim()}>
            {t('entry.create')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} autoComplete="off">
        <div className="k-stack">
          <div>
            <Segmented
              label={t('entry.party')}
              value={party}
              onChange={setParty}
              options={[
                { value: 'p', label: t('party.p') },
                { value: 'o', label: t('party.o') },
              ]}
            />
          </div>
          <EntryForm
            id={id}
            party={party}
            values={values}
            book={book}
            onChange={(key, value) => setValues((old) => ({ ...old, [key]: value }))}
          />
          <ProblemNote problem={problem} />
        </div>
      </form>
    </SideDrawer>
  );
}
