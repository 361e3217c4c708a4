/** Writing down what a customer has said: to which purpose, by which channel, with what proof. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordConsent, recordObjection } from '@/api/generated/sdk.gen';
import type { ConsentsOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';

import { customerKey } from '../profile/queries';
import { useConsentWords } from './consent-words';

const AUTOMATION = '';
const answers = ['given', 'refused', 'withdrawn'] as const;
const objections = ['objected', 'lifted'] as const;
type State = (typeof answers)[number] | (typeof objections)[number];

interface Said {
  purpose: string;
  state: State | undefined;
  channel: string;
  evidence: string;
}

function useRecord(customerId: string, onDone: () => void) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async ({ purpose, state, channel, evidence }: Said) => {
      const path = { customer_id: customerId };
      if (state === 'objected' || state === 'lifted') {
        await recordObjection({ path, body: { state, evidence }, throwOnError: true });
      } else if (state) {
        await recordConsent({ path, body: { purpose, state, channel, evidence }, throwOnError: true });
      }
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: customerKey(customerId) });
      // How many each purpose may take is another now.
      client.removeQueries({ queryKey: ['purposes', 'one'] });
      notify.done(t('consents.recorded'));
      onDone();
    },
  });
}

interface ConsentDrawerProps {
  customerId: string;
  name: string;
  found: ConsentsOut;
  onClose: () => void;
}

export function ConsentDrawer({ customerId, name, found, onClose }: ConsentDrawerProps) {
  const { t } = useTranslation(['customers', 'common']);
  const { language } = useFormat();
  const words = useConsentWords();
  const [said, setSaid] = useState<Said>({
    purpose: found.purposes[0]?.purpose ?? AUTOMATION,
    state: undefined,
    channel: '',
    evidence: '',
  });
  const record = useRecord(customerId, onClose);
  const change = (part: Partial<Said>) => setSaid((known) => ({ ...known, ...part }));
  const purpose = found.purposes.find((one) => one.purpose === said.purpose);
  const states: readonly State[] = purpose ? answers : objections;
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={t('consents.recordTitle', { name })}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!said.state}
            loading={record.isPending}
            onClick={() => record.mutate(said)}
          >
            {t('consents.save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <Field label={t('consents.purpose')}>
          {(control) => (
            <Select
              {...control}
              value={said.purpose}
              options={[
                ...found.purposes.map((one) => ({
                  value: one.purpose,
                  label: inLanguage(one.name, language),
                })),
                { value: AUTOMATION, label: t('consents.automation') },
              ]}
              onChange={(next) => change({ purpose: next, state: undefined, channel: '' })}
            />
          )}
        </Field>
        <ChoiceList<State>
          label={t('consents.said')}
          size="small"
          choices={states.map((value) => ({
            value,
            label: t(`consents.answers.${value}`),
            detail: t(`consents.means.${value}`),
          }))}
          value={said.state}
          onChange={(state) => change({ state })}
        />
        {purpose && (
          <Field label={t('consents.channel')} hint={t('consents.channelHint')}>
            {(control) => (
              <Select
                {...control}
                value={said.channel}
                options={[
                  { value: '', label: t('consents.allChannels') },
                  ...purpose.channels.map(({ channel }) => ({
                    value: channel,
                    label: words.channel(channel),
                  })),
                ]}
                onChange={(channel) => change({ channel })}
              />
            )}
          </Field>
        )}
        <Field label={t('consents.evidence')} hint={t('consents.evidenceHint')} isOptional>
          {(control) => (
            <Input.TextArea
              {...control}
              value={said.evidence}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(event) => change({ evidence: event.target.value })}
            />
          )}
        </Field>
        <Note>{t('consents.after')}</Note>
        <ProblemNote problem={record.error} />
      </div>
    </SideDrawer>
  );
}
