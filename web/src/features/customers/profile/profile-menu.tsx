/** ··· of a profile: correct, who can see him, take his data along, erase him. Only what the reader may do is offered. */
import { EllipsisOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { kehuFetch } from '@/lib/http/http';
import { useCan } from '@/lib/session/me';
import { EraseDialog } from './erase-dialog';

/** Fetched, and not opened by a link, so that a refusal is told here and not shown as a page of its own. */
async function download(id: string, format: 'json' | 'html'): Promise<void> {
  const response = await kehuFetch(`/api/v1/customers/${id}/export?format=${format}`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: `customer-${id}.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

interface ProfileMenuProps {
  profile: Profile;
  /** On a day of the past nothing is changed or taken along. */
  isPast: boolean;
  onCorrect: (() => void) | undefined;
}

export function ProfileMenu({ profile, isPast, onCorrect }: ProfileMenuProps) {
  const { t } = useTranslation('customers');
  const can = useCan();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isErasing, setErasing] = useState(false);
  const take = (format: 'json' | 'html') => () => {
    download(profile.id, format).then(() => notify.done(t('export.done')), notify.failed);
  };
  const items: NonNullable<MenuProps['items']> = [];
  if (onCorrect) items.push({ key: 'correct', label: t('correct.edit'), onClick: onCorrect });
  if (can('access.explain')) {
    const search = { customer: profile.id };
    const explain = () => void navigate({ to: '/settings/access', search });
    items.push({ key: 'access', label: t('profile.access'), onClick: explain });
  }
  if (can('customer.export') && !isPast) {
    items.push(
      { key: 'html', label: t('export.html'), onClick: take('html') },
      { key: 'json', label: t('export.json'), onClick: take('json') },
    );
  }
  if (can('customer.erase') && !isPast) {
    items.push(
      { type: 'divider' },
      { key: 'erase', label: t('erase.menu'), danger: true, onClick: () => setErasing(true) },
    );
  }
  if (items.length === 0) return null;
  const leave = async (count: number) => {
    await navigate({ to: '/customers' });
    client.removeQueries({ queryKey: ['customer', profile.id] });
    await client.invalidateQueries({ queryKey: ['customers'] });
    notify.done(t('erase.done', { count }));
  };
  return (
    <>
      <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
        <Button icon={<EllipsisOutlined />} aria-label={t('profile.more')} />
      </Dropdown>
      <EraseDialog isOpen={isErasing} profile={profile} onErased={leave} onClose={() => setErasing(false)} />
    </>
  );
}
