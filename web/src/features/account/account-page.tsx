/** 我的账号: who I am here, how it looks, and how I sign in. */
import { useTranslation } from 'react-i18next';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import styles from './account.module.css';
import { AppearanceCard } from './appearance-card';
import { PasskeysCard } from './passkeys-card';
import { PasswordCard } from './password-card';
import { ProfileCard } from './profile-card';
import { RecoveryCodesCard } from './recovery-codes-card';
import { TotpCard } from './totp-card';

export function AccountPage() {
  const { t } = useTranslation('account');
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <PageBody>
        <div className={styles.columns}>
          <div className={styles.column}>
            <ProfileCard />
            <AppearanceCard />
          </div>
          <div className={styles.column}>
            <PasswordCard />
            <TotpCard />
            <RecoveryCodesCard />
            <PasskeysCard />
          </div>
        </div>
      </PageBody>
    </Page>
  );
}
