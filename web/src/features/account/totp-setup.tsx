/** Scan, then prove it with a code. The square is drawn here, so that the secret goes nowhere else. */
import { Button, Input, QRCode } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import styles from './account.module.css';
import { shownProblem } from './use-sure';

interface TotpSetupProps {
  secret: string;
  url: string;
  /** Answers whether the code was right. */
  onActivate: (code: string) => Promise<boolean>;
  onCancel: () => void;
}

export function TotpSetup({ secret, url, onActivate, onCancel }: TotpSetupProps) {
  const { t } = useTranslation(['account', 'common']);
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const bare = code.replaceAll(/\s/g, '');
  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setWrong(!(await onActivate(bare)));
    } catch (caught) {
      setProblem(shownProblem(caught));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.scan}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div aria-hidden>
        <QRCode type="svg" value={url} size={168} color="#000" bgColor="#fff" />
      </div>
      <div className={styles.form}>
        <div className="k-small k-label">{t('totp.scan')}</div>
        <div className="k-small">
          {t('totp.byHand')} <span className="k-mono">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</span>
        </div>
        <Field label={t('totp.code')} error={isWrong ? t('totp.wrong') : undefined}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <ProblemNote problem={problem} />
        <div className="k-row">
          <Button type="primary" htmlType="submit" loading={isBusy} disabled={bare.length !== 6}>
            {t('totp.activate')}
          </Button>
          <Button onClick={onCancel}>{t('common:cancel')}</Button>
        </div>
      </div>
    </form>
  );
}
