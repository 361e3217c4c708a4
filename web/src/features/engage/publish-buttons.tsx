/** What is written, published in versions and closed again: its buttons, and the question before it is closed. */
import { Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';

interface Act {
  isPending: boolean;
  mutate: () => void;
  mutateAsync: () => Promise<unknown>;
}

interface PublishButtonsProps {
  isOpen: boolean;
  canSave: boolean;
  canPublish: boolean;
  acts: Readonly<Record<'save' | 'publish' | 'close', Act>>;
  words: Readonly<Record<'save' | 'publish' | 'close' | 'closeTitle' | 'closeText', string>>;
}

export function PublishButtons({ isOpen, canSave, canPublish, acts, words }: PublishButtonsProps) {
  const [isClosing, setClosing] = useState(false);
  return (
    <>
      {isOpen && (
        <Button danger onClick={() => setClosing(true)}>
          {words.close}
        </Button>
      )}
      <Button disabled={!canSave} loading={acts.save.isPending} onClick={() => acts.save.mutate()}>
        {words.save}
      </Button>
      <Button
        type="primary"
        disabled={!canPublish}
        loading={acts.publish.isPending}
        onClick={() => acts.publish.mutate()}
      >
        {words.publish}
      </Button>
      <ConfirmDialog
        isOpen={isClosing}
        title={words.closeTitle}
        confirmLabel={words.close}
        isDestructive
        onConfirm={async () => {
          await acts.close.mutateAsync();
          setClosing(false);
        }}
        onClose={() => setClosing(false)}
      >
        {words.closeText}
      </ConfirmDialog>
    </>
  );
}
