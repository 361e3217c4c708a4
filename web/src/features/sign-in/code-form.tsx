/** The second step: six digits of the authenticator app, one of the recovery codes, or a passkey. */
import { KeyOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import { Note } from '@/components/marks/note';
import { type AuthAnswer, sendCode } from '@/lib/session/auth';
import { confirmWithPasskey } from '@/lib/session/passkeys';
import styles from './sign-in.module.css';
import { useRefusal } from './use-refusal';

interface CodeFormProps {
  /** Whether a passkey of this person may stand for the code. */
  hasPasskey: boolean;
  onAnswer: (answer: AuthAnswer) => boolean;
  onBack: () => void;
}

/** The person closed the device's question: nothing was sent. */
const TURNED_DOWN: AuthAnswer = { status: 400, data: undefined, meta: {}, errors: [] };

export function CodeForm({ hasPasskey, onAnswer, onBack }: CodeFormProps) {
  const { t } = useTranslation('signIn');
  const [code, setCode] = useState('');
  const { isBusy, refusal, problem, submit } = useRefusal(onAnswer);
  const [hasFailed, setFailed] = useState(false);
  const confirm = () =>
    submit(async () => {
      setFailed(false);
      try {
        return await confirmWithPasskey();
      } catch (caught) {
        if (!(caught instanceof DOMException)) throw caught;
        setFailed(true);
        return TURNED_DOWN;
      }
    });
  const bare = code.replaceAll(/\s/g, '');
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (bare !== '') void submit(() => sendCode(bare));
      }}
    >
      <Field
        label={t('code.label')}
        hint={t('code.hint')}
        error={refusal && !hasFailed ? t('code.wrong') : undefined}
      >
        {(control) => (
          <Input
            {...control}
            className={styles.control}
            autoFocus
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote problem={problem} />
      <Button
        type="primary"
        htmlType="submit"
        block
        className={styles.submit}
        loading={isBusy}
        disabled={bare === ''}
      >
        {t('code.submit')}
      </Button>
      {hasPasskey && (
        <Button icon={<KeyOutlined />} block disabled={isBusy} onClick={() => void confirm()}>
          {t('code.passkey')}
        </Button>
      )}
      {hasFailed && <Note tone="warning">{t('code.passkeyFailed')}</Note>}
      <Button type="link" onClick={onBack}>
        {t('code.back')}
      </Button>
    </form>
  );
}
