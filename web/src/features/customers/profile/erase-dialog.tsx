/** Erases a person. It cannot be undone, so the name has to be typed, and a reason given. */
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { eraseCustomer } from '@/api/generated/sdk.gen';
import type { Profile } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { Field } from '@/components/form/field';

interface EraseDialogProps {
  isOpen: boolean;
  profile: Profile;
  onErased: (records: number) => Promise<void>;
  onClose: () => void;
}

export function EraseDialog({ isOpen, profile, onErased, onClose }: EraseDialogProps) {
  const { t } = useTranslation(['customers', 'common']);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const wanted = profile.name || t('erase.word');
  const close = () => {
    setTyped('');
    setReason('');
    onClose();
  };
  const erase = async () => {
    const { data } = await eraseCustomer({
      path: { customer_id: profile.id },
      body: { reason: reason.trim() },
      throwOnError: true,
    });
    await onErased(data.records_erased);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('erase.title', { name: wanted })}
      confirmLabel={t('erase.confirm', { count: profile.record_count })}
      isDestructive
      canConfirm={typed.trim() === wanted && reason.trim() !== ''}
      onConfirm={erase}
      onClose={close}
    >
      <p>{t('erase.text', { count: profile.record_count })}</p>
      <Field label={t('common:reason.label')} hint={t('common:reason.hint')}>
        {(control) => (
          <Input
            {...control}
            value={reason}
            maxLength={500}
            placeholder={t('erase.example')}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('erase.type', { name: wanted })}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
