/** Ties the customer to another one: found by the same search as the list, then what he is for this one. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRelationship, searchCustomers } from '@/api/generated/sdk.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';

const roles = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'relative',
  'employer',
  'employee',
  'legal_representative',
  'represented',
  'finance_contact',
  'finance_client',
  'guarantor',
  'guaranteed',
  'referrer',
  'referred',
] as const;
type Role = (typeof roles)[number];

interface AddTieDrawerProps {
  isOpen: boolean;
  customerId: string;
  name: string;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function useFound(text: string, without: string) {
  const asked = useDeferredValue(text.trim());
  return useQuery({
    queryKey: ['customers', 'tie-search', asked],
    queryFn: async ({ signal }) =>
      (await searchCustomers({ body: { q: asked, limit: 10 }, signal, throwOnError: true })).data.items,
    enabled: asked !== '',
    select: (items) => items.filter((row) => row.id !== without),
  });
}

function TieForm({ customerId, name, onDone, onClose, id }: AddTieDrawerProps & { id: string }) {
  const { t } = useTranslation('customers');
  const notify = useNotify();
  const [text, setText] = useState('');
  const [other, setOther] = useState<string>();
  const [role, setRole] = useState<Role>();
  const [since, setSince] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const { data: found = [], isFetching } = useFound(text, customerId);
  const add = async () => {
    if (!other || !role) {
      setProblem(null);
      return;
    }
    try {
      await createRelationship({
        path: { customer_id: customerId },
        body: { other_id: other, role, ...(since ? { valid_from: since } : {}) },
        throwOnError: true,
      });
      await onDone();
      notify.done(t('ties.added'));
      onClose();
    } catch (caught) {
      setProblem(caught);
    }
  };
  return (
    <form
      id={id}
      className="k-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={t('ties.who')} hint={t('ties.whoHint')}>
        {(control) => (
          <Select
            {...control}
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={isFetching}
            style={{ width: '100%' }}
            placeholder={t('list.search')}
            value={other ?? null}
            notFoundContent={text.trim() && !isFetching ? t('ties.nobody') : null}
            options={found.map((row) => ({
              value: row.id,
              label: [row.name, row.pinyin, row.fields.mobile?.display, row.unit.name]
                .filter(Boolean)
                .join('　'),
            }))}
            onChange={(value: string) => setOther(value)}
          />
        )}
      </Field>
      <Field label={t('ties.role', { name })}>
        {(control) => (
          <Select<Role>
            {...control}
            style={{ width: '100%' }}
            value={role ?? null}
            options={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
            onChange={setRole}
          />
        )}
      </Field>
      <Field label={t('ties.from')} isOptional>
        {(control) => <DateInput {...control} value={since} onChange={setSince} />}
      </Field>
      <ProblemNote problem={problem} />
    </form>
  );
}

export function AddTieDrawer(props: AddTieDrawerProps) {
  const { t } = useTranslation(['customers', 'common']);
  const id = useId();
  return (
    <SideDrawer
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('ties.addTitle')}
      foot={
        <>
          <span className="k-grow" />
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" form={id}>
            {t('ties.add')}
          </Button>
        </>
      }
    >
      <TieForm {...props} id={id} />
    </SideDrawer>
  );
}
