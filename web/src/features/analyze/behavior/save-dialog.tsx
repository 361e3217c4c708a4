/** Asks for the name under which those behind a step are saved as a segment. */
import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createSegment } from '@/api/generated/sdk.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import type { Json } from './draft';

interface SaveProps {
  isOpen: boolean;
  /** The name to start from. */
  proposal: string;
  purpose: string;
  definition: Json;
  onClose: () => void;
}

const LONGEST = 100;

export function SaveDialog({ isOpen, proposal, purpose, definition, onClose }: SaveProps) {
  const { t } = useTranslation('behavior');
  const notify = useNotify();
  const client = useQueryClient();
  const [name, setName] = useState(proposal.slice(0, LONGEST));
  const save = async () => {
    await createSegment({ body: { name: name.trim(), purpose, definition }, throwOnError: true });
    await client.invalidateQueries({ queryKey: ['segments'] });
    notify.done(t('saved', { name: name.trim() }));
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('saveSegment')}
      confirmLabel={t('save')}
      canConfirm={name.trim() !== ''}
      onConfirm={save}
      onClose={onClose}
    >
      <p>{t('saveText')}</p>
      <Field label={t('segmentName')}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={LONGEST}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
