/** A tag's name and what it means, for those who put it on. */
import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createTag, updateTag } from '@/api/generated/sdk.gen';
import type { TagOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { Field } from '@/components/form/field';
import { tagsKey } from './queries';

const MOST_NAME = 20;
const MOST_MEANING = 200;

interface TagDialogProps {
  /** The tag that is changed; none: a new one. */
  tag: TagOut | undefined;
  onClose: () => void;
}

export function TagDialog({ tag, onClose }: TagDialogProps) {
  const { t } = useTranslation(['customers', 'common']);
  const client = useQueryClient();
  const [name, setName] = useState(tag?.name ?? '');
  const [meaning, setMeaning] = useState(tag?.meaning ?? '');
  const save = async () => {
    const body = { name: name.trim(), meaning: meaning.trim() };
    if (tag) await updateTag({ path: { tag_id: tag.id }, body, throwOnError: true });
    else await createTag({ body, throwOnError: true });
    await Promise.all([
      client.invalidateQueries({ queryKey: tagsKey }),
      client.invalidateQueries({ queryKey: ['segments', 'vocabulary'] }),
    ]);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={tag ? t('tags.changeTitle', { name: tag.name }) : t('tags.new')}
      confirmLabel={t('common:save')}
      canConfirm={name.trim() !== ''}
      onConfirm={save}
      onClose={onClose}
    >
      <Field label={t('tags.name')} hint={t('tags.nameHint')}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={name}
            maxLength={MOST_NAME}
            placeholder={t('tags.nameExample')}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('tags.meaning')} isOptional>
        {(control) => (
          <Input.TextArea
            {...control}
            value={meaning}
            maxLength={MOST_MEANING}
            autoSize={{ minRows: 2, maxRows: 4 }}
            placeholder={t('tags.meaningExample')}
            onChange={(event) => setMeaning(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
