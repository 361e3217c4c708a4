/** A source that is there: changed, given a new write key, taken out of use and back. What it has said stays. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renewWriteKey, updateSource } from '@/api/generated/sdk.gen';
import type { SourceChange, SourceIn, SourceOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Tag } from '@/components/marks/tag';
import { sourcesQuery } from '../queries';
import { changeOf } from './change-of';
import { SourceFields } from './source-fields';
import { WriteKey } from './write-key';

const startOf = ({ key, name, kind, trust, unit }: SourceOut): SourceIn => ({
  key,
  name,
  kind,
  trust,
  unit: unit.code,
});

function useSourceActs({ id }: SourceOut) {
  const client = useQueryClient();
  const path = { source_id: id };
  const refresh = () => client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
  const change = useMutation({
    mutationFn: (body: SourceChange) => updateSource({ path, body, throwOnError: true }),
    onSuccess: refresh,
  });
  const renew = useMutation({
    mutationFn: async () => (await renewWriteKey({ path, throwOnError: true })).data.write_key,
    onSuccess: refresh,
  });
  return { change, renew };
}

interface UseProps {
  source: SourceOut;
  onUse: (isActive: boolean) => Promise<unknown>;
  onRenew: () => Promise<unknown>;
}

/** The two acts beside the form, each asked before it is done. */
function SourceActs({ source, onUse, onRenew }: UseProps) {
  const { t } = useTranslation('collect');
  const [asked, setAsked] = useState<'renew' | 'deactivate'>();
  const { name } = source;
  const close = () => setAsked(undefined);
  return (
    <div className="k-stack" style={{ gap: 8, borderTop: '1px solid var(--k-line-soft)', paddingTop: 16 }}>
      <div className="k-row">
        <b className="k-small">{t('sources.writeKey')}</b>
        <span className="k-mono k-small k-grow">{t('sources.keyEnds', { hint: source.write_key_hint })}</span>
        <Button size="small" onClick={() => setAsked('renew')}>
          {t('sources.renew')}
        </Button>
      </div>
      <div className="k-row">
        <b className="k-small">{t('sources.state')}</b>
        <span className="k-grow">
          <Tag {...(source.is_active ? { tone: 'success' as const } : {})}>
            {t(source.is_active ? 'sources.active' : 'sources.inactive')}
          </Tag>
        </span>
        <Button
          size="small"
          danger={source.is_active}
          onClick={() => (source.is_active ? setAsked('deactivate') : void onUse(true))}
        >
          {t(source.is_active ? 'sources.deactivate' : 'sources.activate')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={asked === 'renew'}
        title={t('sources.renewTitle', { name })}
        confirmLabel={t('sources.renew')}
        isDestructive
        onConfirm={onRenew}
        onClose={close}
      >
        {t('sources.renewText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'deactivate'}
        title={t('sources.deactivateTitle', { name })}
        confirmLabel={t('sources.deactivate')}
        isDestructive
        onConfirm={() => onUse(false)}
        onClose={close}
      >
        {t('sources.deactivateText')}
      </ConfirmDialog>
    </div>
  );
}

interface EditSourceDrawerProps {
  source: SourceOut;
  onClose: () => void;
}

export function EditSourceDrawer({ source, onClose }: EditSourceDrawerProps) {
  const { t } = useTranslation(['collect', 'common']);
  const notify = useNotify();
  const [value, setValue] = useState(() => startOf(source));
  const { change, renew } = useSourceActs(source);
  const { name } = source;
  const wanted = changeOf(startOf(source), value);
  const save = () =>
    change.mutate(wanted, {
      onSuccess: () => {
        notify.done(t('sources.saved', { name: value.name.trim() }));
        onClose();
      },
    });
  const use = (isActive: boolean) =>
    change
      .mutateAsync({ is_active: isActive })
      .then(() => notify.done(t(isActive ? 'sources.activated' : 'sources.deactivated', { name })));
  const foot = renew.data ? (
    <Button type="primary" onClick={onClose}>
      {t('sources.keySaved')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('common:cancel')}</Button>
      <Button
        type="primary"
        disabled={Object.keys(wanted).length === 0 || value.name.trim() === ''}
        loading={change.isPending}
        onClick={save}
      >
        {t('common:save')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={name} foot={foot}>
      {renew.data ? (
        <WriteKey writeKey={renew.data} title={t('sources.renewed', { name })} />
      ) : (
        <div className="k-stack">
          <SourceFields
            value={value}
            onChange={(part) => setValue((known) => ({ ...known, ...part }))}
            errors={fieldErrors(change.error, t('sources.invalid'))}
            isKnown
          />
          <ProblemNote problem={change.error} />
          <SourceActs source={source} onUse={use} onRenew={() => renew.mutateAsync()} />
        </div>
      )}
    </SideDrawer>
  );
}
