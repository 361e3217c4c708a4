/** Adding one address by hand, and taking in a list of addresses or digests. */
import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addSuppression, importSuppressions } from '@/api/generated/sdk.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function AddDialog({ isOpen, onClose }: DialogProps) {
  const { t } = useTranslation('channels');
  const client = useQueryClient();
  const notify = useNotify();
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const close = () => {
    setAddress('');
    setReason('');
    onClose();
  };
  const add = async () => {
    await addSuppression({ body: { channel: 'email', address, reason }, throwOnError: true });
    await client.invalidateQueries({ queryKey: ['suppressions'] });
    notify.done(t('suppressions.added'));
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('suppressions.addTitle')}
      confirmLabel={t('suppressions.add')}
      canConfirm={address.includes('@') && reason.trim() !== ''}
      onConfirm={add}
      onClose={close}
    >
      <Field label={t('suppressions.address')}>
        {(control) => (
          <Input
            {...control}
            value={address}
            maxLength={320}
            placeholder="name@example.com"
            onChange={(event) => setAddress(event.target.value.trim())}
          />
        )}
      </Field>
      <Field label={t('suppressions.why')} hint={t('suppressions.whyHint')}>
        {(control) => (
          <Input
            {...control}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}

export function ImportDialog({ isOpen, onClose }: DialogProps) {
  const { t } = useTranslation('channels');
  const client = useQueryClient();
  const notify = useNotify();
  const [text, setText] = useState('');
  const close = () => {
    setText('');
    onClose();
  };
  const take = async () => {
    const { data } = await importSuppressions({ body: { channel: 'email', text }, throwOnError: true });
    await client.invalidateQueries({ queryKey: ['suppressions'] });
    notify.done(t('suppressions.imported', { count: data.added }));
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('suppressions.importTitle')}
      confirmLabel={t('suppressions.import')}
      canConfirm={text.trim() !== ''}
      onConfirm={take}
      onClose={close}
    >
      <Field label={t('suppressions.address')} hint={t('suppressions.importText')}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={text}
            autoSize={{ minRows: 6, maxRows: 14 }}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
