/** The way in: password, then a code where one is set; a passkey or the bank's identity provider where the server has them. */
import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/components/layout/language-switch';
import { Logo, Wordmark } from '@/components/layout/logo';
import { Note } from '@/components/marks/note';
import { queryClient } from '@/lib/http/query-client';
import { organizationName } from '@/lib/organization';
import { type AuthAnswer, getAuthConfig, nextStep, offersPasskey } from '@/lib/session/auth';
import { canUsePasskeys } from '@/lib/session/passkeys';
import { CodeForm } from './code-form';
import { GoldenDrawing } from './golden-drawing';
import { OtherWays } from './other-ways';
import { PasswordForm } from './password-form';
import styles from './sign-in.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useTranslation('signIn');
  const router = useRouter();
  const search = route.useSearch();
  const config = useQuery({
    queryKey: ['auth-config'],
    queryFn: getAuthConfig,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [codeFor, setCodeFor] = useState<AuthAnswer>();
  const needsCode = codeFor !== undefined;
  const name = organizationName();
  const title = name ? t('titleOf', { name }) : t('title');
  useEffect(() => {
    document.title = title;
  }, [title]);
  const enter = (answer: AuthAnswer): boolean => {
    const step = nextStep(answer);
    if (step === 'code') setCodeFor(answer);
    if (step === 'done') {
      queryClient.clear();
      router.history.push(search.return ?? '/');
    }
    return step === 'done' || step === 'code';
  };
  return (
    <div className={styles.page}>
      <aside className={styles.story} aria-label="Kehu">
        <div className={styles.brand}>
          <Logo size={34} />
          <Wordmark height={26} />
        </div>
        <div className={styles.claim}>{t('claim')}</div>
        <div className={styles.promise}>{t('promise')}</div>
        <GoldenDrawing className={styles.drawing} />
      </aside>
      <main className={styles.side}>
        <LanguageSwitch className={styles.languages} />
        <h1>{needsCode ? t('code.title') : title}</h1>
        <div className={styles.lead}>{needsCode ? t('code.lead') : t('lead')}</div>
        {search.error && (
          <div style={{ marginTop: 16 }}>
            <Note tone="error">{t('providerFailed')}</Note>
          </div>
        )}
        {needsCode ? (
          <CodeForm
            hasPasskey={offersPasskey(codeFor) && canUsePasskeys()}
            onAnswer={enter}
            onBack={() => setCodeFor(undefined)}
          />
        ) : (
          <>
            <PasswordForm
              hasStaffNumbers={config.data?.account.login_methods?.includes('username') ?? false}
              onAnswer={enter}
            />
            <OtherWays config={config.data} onAnswer={enter} returnTo={search.return ?? '/'} />
          </>
        )}
        <div className={styles.warning}>
          <Note icon={<SafetyCertificateOutlined aria-hidden />}>{t('lock')}</Note>
        </div>
        <div className={styles.version}>{t('version', { version: __KEHU_VERSION__ })}</div>
      </main>
    </div>
  );
}
