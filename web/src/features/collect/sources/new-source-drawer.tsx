/** A new source: who sends, and how far its values are trusted. After it is made, its write key, once. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createSource } from '@/api/generated/sdk.gen';
import type { SourceIn, SourceMade } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { sourcesQuery } from '../queries';
import { SourceFields } from './source-fields';
import { WriteKey } from './write-key';

interface NewSourceDrawerProps {
  isOpen: boolean;
  onClose: () => void;
  /** As soon as it exists; the drawer stays open with the key. */
  onMade?: (source: SourceMade) => void;
}

const EMPTY: SourceIn = { key: '', name: '', kind: 'file', trust: 70, unit: null };

function useNewSource({ onClose, onMade }: Pick<NewSourceDrawerProps, 'onClose' | 'onMade'>) {
  const client = useQueryClient();
  const [value, setValue] = useState(EMPTY);
  const create = useMutation({
    mutationFn: async (body: SourceIn) => (await createSource({ body, throwOnError: true })).data,
    onSuccess: (source) => {
      void client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
      onMade?.(source);
    },
  });
  const close = () => {
    create.reset();
    setValue(EMPTY);
    onClose();
  };
  const change = (part: Partial<SourceIn>) => setValue((known) => ({ ...known, ...part }));
  return { value, change, create, close };
}

export function NewSourceDrawer({ isOpen, ...rest }: NewSourceDrawerProps) {
  const { t } = useTranslation('collect');
  const { t: tCommon } = useTranslation();
  const { value, change, create, close } = useNewSource(rest);
  const isReady = value.name.trim() !== '' && value.key !== '';
  const foot = create.data ? (
    <Button type="primary" onClick={close}>
      {t('sources.keySaved')}
    </Button>
  ) : (
    <>
      <Button onClick={close}>{tCommon('cancel')}</Button>
      <Button
        type="primary"
        disabled={!isReady}
        loading={create.isPending}
        onClick={() => create.mutate({ ...value, name: value.name.trim() })}
      >
        {t('sources.create')}
      </Button>
    </>
  );
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={close}
      title={create.data ? create.data.name : t('sources.new')}
      foot={foot}
    >
      {create.data ? (
        <WriteKey writeKey={create.data.write_key} title={t('sources.made', { name: create.data.name })} />
      ) : (
        <div className="k-stack">
          <SourceFields
            value={value}
            onChange={change}
            errors={fieldErrors(create.error, t('sources.invalid'))}
          />
          <ProblemNote problem={create.error} />
        </div>
      )}
    </SideDrawer>
  );
}
