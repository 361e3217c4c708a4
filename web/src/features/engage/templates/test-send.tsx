/** The message in a real mailbox, before anybody else gets it: to one's own address, marked as a test. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendTestOfTemplate } from '@/api/generated/sdk.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { Note } from '@/components/marks/note';
import { ApiProblem } from '@/lib/http/problem';
import { useCan, useMe } from '@/lib/session/me';
import type { Resources } from '@/locales/zh-cn';
import { type Message, toBody } from './message';
import { channelsQuery } from './queries';

type Code = keyof Resources['channels']['trial'];

interface TestSendProps {
  purpose: string;
  message: Message;
  /** False while a check refuses the message. */
  canSend: boolean;
}

export function TestSend({ purpose, message, canSend }: TestSendProps) {
  const { t } = useTranslation('templates');
  const { t: tell } = useTranslation('channels');
  const notify = useNotify();
  const { user } = useMe();
  const canChoose = useCan()('channel.manage');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const { data = [] } = useQuery({ ...channelsQuery, enabled: isOpen });
  const channels = data.filter((one) => one.is_active && one.kind === 'email');
  const account = chosen ?? channels[0]?.key ?? '';
  const send = async () => {
    const body = { purpose, ...toBody(message), account };
    const { is_good, code, detail } = (await sendTestOfTemplate({ body, throwOnError: true })).data;
    const words = { detail, defaultValue: `${code} ${detail}` };
    const said = code === 'missing' ? t('testMissing', words) : tell(`trial.${code as Code}`, words);
    if (!is_good) throw new ApiProblem({ status: 0, code, title: said });
    notify.done(said);
  };
  if (!canChoose) return null;
  return (
    <>
      <Button disabled={!canSend} onClick={() => setOpen(true)}>
        {t('test')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('testTitle')}
        confirmLabel={t('testSend')}
        canConfirm={account !== ''}
        onConfirm={send}
        onClose={() => setOpen(false)}
      >
        <p style={{ margin: 0 }}>{t('testText', { address: user.email })}</p>
        {channels.length === 0 ? (
          <Note>{t('testNoChannel')}</Note>
        ) : (
          <Field label={t('testBy')}>
            {(control) => (
              <Select
                {...control}
                value={account}
                options={channels.map(({ key, name }) => ({ value: key, label: name }))}
                onChange={setChosen}
              />
            )}
          </Field>
        )}
      </ConfirmDialog>
    </>
  );
}
