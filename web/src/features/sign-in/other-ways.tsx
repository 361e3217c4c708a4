/** Passkey and identity providers; each only where the server offers it, and the browser can. */
import { BankOutlined, KeyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/marks/note';
import { type AuthAnswer, type AuthConfig, signInWithProvider } from '@/lib/session/auth';
import { canUsePasskeys, signInWithPasskey } from '@/lib/session/passkeys';
import styles from './sign-in.module.css';

interface OtherWaysProps {
  config: AuthConfig | undefined;
  returnTo: string;
  onAnswer: (answer: AuthAnswer) => boolean;
}

export function OtherWays({ config, returnTo, onAnswer }: OtherWaysProps) {
  const { t } = useTranslation('signIn');
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const providers = config?.socialaccount?.providers ?? [];
  const hasPasskeys = config?.mfa?.passkey_login_enabled === true && canUsePasskeys();
  if (!hasPasskeys && providers.length === 0) return null;
  const tryPasskey = async () => {
    setBusy(true);
    setFailed(false);
    try {
      setFailed(!onAnswer(await signInWithPasskey()));
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={styles.or}>{t('or')}</div>
      <div className={styles.others}>
        {hasPasskeys && (
          <Button icon={<KeyOutlined />} loading={isBusy} onClick={() => void tryPasskey()}>
            {t('passkey')}
          </Button>
        )}
        {providers.map((provider) => (
          <Button
            key={provider.id}
            icon={<BankOutlined />}
            onClick={() => signInWithProvider(provider.id, returnTo)}
          >
            {provider.name}
          </Button>
        ))}
      </div>
      {hasFailed && (
        <div style={{ marginTop: 12 }}>
          <Note tone="error">{t('passkeyFailed')}</Note>
        </div>
      )}
    </>
  );
}
