/** No page has this address. */
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/states/empty-state';

export function NotFoundPage() {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <EmptyState
      isPage
      title={t('notFound.title')}
      text={t('notFound.text')}
      action={<Button onClick={() => router.history.push('/')}>{t('notFound.home')}</Button>}
    />
  );
}
