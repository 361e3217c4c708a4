/** Keeps the filters, order and columns of the list under a name; shared, where the reader may share. */
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createView } from '@/api/generated/sdk.gen';
import type { DefinitionIn, ViewOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { Field } from '@/components/form/field';
import { useCan } from '@/lib/session/me';

interface SaveViewDialogProps {
  isOpen: boolean;
  definition: DefinitionIn;
  onSaved: (view: ViewOut) => Promise<void>;
  onClose: () => void;
}

export function SaveViewDialog({ isOpen, definition, onSaved, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation(['customers', 'common']);
  const can = useCan();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const close = () => {
    setName('');
    setShared(false);
    onClose();
  };
  const save = async () => {
    const { data } = await createView({
      body: { name: name.trim(), definition, is_shared: isShared },
      throwOnError: true,
    });
    await onSaved(data);
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('views.saveTitle')}
      confirmLabel={t('common:save')}
      canConfirm={name.trim() !== ''}
      onConfirm={save}
      onClose={close}
    >
      <Field label={t('views.name')} hint={t('views.hint')}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={name}
            maxLength={100}
            placeholder={t('views.example')}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {can('view.share') && (
        <Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)}>
          {t('views.share')}
        </Checkbox>
      )}
    </ConfirmDialog>
  );
}
