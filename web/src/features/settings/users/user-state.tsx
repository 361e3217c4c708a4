/** Whether somebody may come in: in use, out of use, or locked for a while after wrong passwords. */
import { useTranslation } from 'react-i18next';
import type { UserOut } from '@/api/generated/types.gen';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';

export function UserState({ user }: { user: Pick<UserOut, 'is_active' | 'locked_until'> }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  if (!user.is_active) return <Tag>{t('users.inactive')}</Tag>;
  if (user.locked_until && Date.parse(user.locked_until) > Date.now()) {
    return <Tag tone="warning">{t('users.locked', { at: format.dateTime(user.locked_until) })}</Tag>;
  }
  return <Tag tone="success">{t('users.active')}</Tag>;
}
