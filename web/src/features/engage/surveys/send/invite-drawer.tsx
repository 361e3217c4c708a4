/** Links for some customers: found by name or pasted as ids, for a purpose that is named. Says whom it left out, and why. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inviteToSurvey, searchCustomers } from '@/api/generated/sdk.gen';
import type { InvitedOut, SurveyOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { invitationsQuery, purposesQuery } from '../queries';

interface Found {
  value: string;
  label: string;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function useFound(text: string) {
  const asked = useDeferredValue(text.trim());
  return useQuery({
    queryKey: ['surveys', 'customers', asked],
    enabled: asked !== '' && !asked.match(ID),
    queryFn: async ({ signal }) =>
      (await searchCustomers({ body: { q: asked, limit: 8 }, signal, throwOnError: true })).data.items,
  });
}

function Customers({ value, onChange }: { value: readonly Found[]; onChange: (next: Found[]) => void }) {
  const { t } = useTranslation('surveys');
  const [text, setText] = useState('');
  const { data = [] } = useFound(text);
  const pasted = [...new Set(text.match(ID) ?? [])].map((id) => ({
    value: id.toLowerCase(),
    label: id.slice(0, 8),
  }));
  const options =
    pasted.length > 0
      ? pasted
      : data.map((row) => ({ value: row.id, label: row.name || row.id.slice(0, 8) }));
  return (
    <Field label={t('customers')} hint={t('customersHint')}>
      {({ status: _, ...control }) => (
        <Select<Found[]>
          {...control}
          mode="multiple"
          labelInValue
          filterOption={false}
          value={[...value]}
          options={options}
          placeholder={t('customersFind')}
          notFoundContent={null}
          onSearch={setText}
          onChange={(next) => {
            setText('');
            onChange(next);
          }}
        />
      )}
    </Field>
  );
}

function Outcome({ made }: { made: InvitedOut }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const reasons = (['not_seen', 'purpose', 'cool_down'] as const).filter(
    (key) => (made.left_out[key] ?? 0) > 0,
  );
  return (
    <Note tone={made.links.length > 0 ? 'success' : 'warning'}>
      {t('invited', { number: format.count(made.links.length) })}
      {reasons.map((key) => (
        <span key={key} style={{ display: 'block' }}>
          {t(`leftOut.${key}`, { number: format.count(made.left_out[key] ?? 0) })}
        </span>
      ))}
    </Note>
  );
}

export function InviteDrawer({ survey, onClose }: { survey: SurveyOut; onClose: () => void }) {
  const { t } = useTranslation(['surveys', 'common']);
  const { language } = useFormat();
  const client = useQueryClient();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const [purpose, setPurpose] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly Found[]>([]);
  const invite = useMutation({
    mutationFn: async () => {
      const body = { customer_ids: chosen.map(({ value }) => value), purpose: purpose ?? '' };
      return (await inviteToSurvey({ path: { survey_id: survey.id }, body, throwOnError: true })).data;
    },
    onSuccess: () => {
      setChosen([]);
      void client.invalidateQueries({ queryKey: invitationsQuery(survey.id).queryKey });
    },
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t('common:close')}</Button>
      <Button
        type="primary"
        disabled={!purpose || chosen.length === 0}
        loading={invite.isPending}
        onClick={() => invite.mutate()}
      >
        {t('inviteNow', { number: chosen.length })}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('invite')} foot={foot} isFilled={chosen.length > 0}>
      <div className="k-stack">
        <Field label={t('purpose')} hint={t('purposeHint')}>
          {({ status: _, ...control }) => (
            <Select
              {...control}
              value={purpose}
              placeholder={t('choosePurpose')}
              options={purposes
                .filter((one) => one.is_active)
                .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
              onChange={setPurpose}
            />
          )}
        </Field>
        <Customers value={chosen} onChange={setChosen} />
        {invite.data && <Outcome made={invite.data} />}
        <ProblemNote problem={invite.error} />
      </div>
    </SideDrawer>
  );
}
