/** Trying an account: does the server answer, does a mail to oneself arrive. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { sendTestMessage, tryChannel } from '@/api/generated/sdk.gen';
import type { ChannelOut, ChannelTrialOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Note } from '@/components/marks/note';
import type { Resources } from '@/locales/zh-cn';

type Code = keyof Resources['channels']['trial'];

/** What the server found, in words; a code that has none is shown as it is. */
export function useTrialWords() {
  const { t } = useTranslation('channels');
  return ({ code, detail }: ChannelTrialOut) =>
    t(`trial.${code as Code}`, { detail, defaultValue: `${code} ${detail}` });
}

interface TrialPartProps {
  channel: ChannelOut;
  /** Whether the form holds what was not saved yet. */
  isChanged: boolean;
}

export function TrialPart({ channel, isChanged }: TrialPartProps) {
  const { t } = useTranslation('channels');
  const words = useTrialWords();
  const path = { key: channel.key };
  const run = useMutation({
    mutationFn: async (what: 'try' | 'mail') =>
      what === 'try'
        ? (await tryChannel({ path, throwOnError: true })).data
        : (await sendTestMessage({ path, throwOnError: true })).data,
  });
  return (
    <div className="k-stack" style={{ gap: 8 }}>
      <div className="k-row">
        <Button
          disabled={isChanged}
          loading={run.isPending && run.variables === 'try'}
          onClick={() => run.mutate('try')}
        >
          {t('try')}
        </Button>
        {channel.kind === 'email' && (
          <Button
            disabled={isChanged || !channel.is_active}
            loading={run.isPending && run.variables === 'mail'}
            onClick={() => run.mutate('mail')}
          >
            {t('testMail')}
          </Button>
        )}
        {isChanged && <span className="k-caption">{t('saveFirst')}</span>}
      </div>
      {run.data && <Note tone={run.data.is_good ? 'success' : 'error'}>{words(run.data)}</Note>}
      <ProblemNote problem={run.error} />
    </div>
  );
}
