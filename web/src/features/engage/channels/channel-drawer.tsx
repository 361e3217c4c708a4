/** One account: where it sends by, as whom, how fast; tried before anybody is sent anything. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createChannel, updateChannel } from '@/api/generated/sdk.gen';
import type { ChannelOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { SideDrawer } from '@/components/layout/side-drawer';
import { type ChannelForm, EMPTY, fromChannel, isWhole, type Kind, toChange } from './channel-form';
import {
  BouncesPart,
  DkimPart,
  LimitsPart,
  type PartProps,
  SecretField,
  ServerPart,
  TextField,
} from './channel-parts';
import { channelsQuery } from './queries';
import { TrialPart } from './trial-part';

function useSave(known: ChannelOut | undefined, onMade: (key: string) => void) {
  const { t } = useTranslation('channels');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (form: ChannelForm) => {
      const body = toChange(form, known);
      if (known) return (await updateChannel({ path: { key: known.key }, body, throwOnError: true })).data;
      return (await createChannel({ body: { ...body, key: form.key, kind: form.kind }, throwOnError: true }))
        .data;
    },
    onSuccess: async ({ key }) => {
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
      notify.done(t('saved'));
      onMade(key);
    },
  });
}

function Names({
  value,
  change,
  known,
  errors,
}: PartProps & { known: boolean; errors: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('channels');
  const kinds = (['email', 'webhook'] as const).map((kind: Kind) => ({
    value: kind,
    label: t(`kinds.${kind}`),
  }));
  return (
    <>
      {!known && (
        <Segmented
          label={t('kind')}
          options={kinds}
          value={value.kind}
          onChange={(kind) => change({ kind })}
        />
      )}
      <Field label={t('name')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            autoFocus={!known}
            value={value.name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      {!known && (
        <Field label={t('key')} hint={t('keyHint')} error={errors.key}>
          {(control) => (
            <Input
              {...control}
              className="k-mono"
              value={value.key}
              maxLength={64}
              placeholder="house_mail"
              spellCheck={false}
              onChange={(event) => change({ key: event.target.value.trim().toLowerCase() })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function WebhookPart({ value, change, hasSecret }: PartProps & { hasSecret: (name: string) => boolean }) {
  const { t } = useTranslation('channels');
  const both = { value, change };
  return (
    <>
      <TextField
        {...both}
        name="url"
        label={t('url')}
        hint={t('urlHint')}
        placeholder="https://crm.example.com/hook"
      />
      <SecretField {...both} name="secret" label={t('secret')} isKept={hasSecret('secret')} />
      <SecretField
        {...both}
        name="previous_secret"
        label={t('previousSecret')}
        hint={t('previousHint')}
        isKept={hasSecret('previous_secret')}
      />
    </>
  );
}

interface ChannelDrawerProps {
  /** The account to change; none makes a new one. */
  known: ChannelOut | undefined;
  onMade: (key: string) => void;
  onClose: () => void;
}

export function ChannelDrawer({ known, onMade, onClose }: ChannelDrawerProps) {
  const { t } = useTranslation(['channels', 'common']);
  const [value, setValue] = useState<ChannelForm>(() => (known ? fromChannel(known) : EMPTY));
  const [isChanged, setChanged] = useState(false);
  const save = useSave(known, (key) => {
    setChanged(false);
    onMade(key);
  });
  const change = (part: Partial<ChannelForm>) => {
    setValue((before) => ({ ...before, ...part }));
    setChanged(true);
    save.reset();
  };
  const hasSecret = (name: string) => known?.secrets.includes(name) ?? false;
  const both = { value, change };
  return (
    <SideDrawer
      isOpen
      size="wide"
      isFilled={isChanged}
      onClose={onClose}
      title={known ? t('editTitle', { name: known.name }) : t('new')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isWhole(value)}
            loading={save.isPending}
            onClick={() => save.mutate(value)}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        {known && <TrialPart channel={known} isChanged={isChanged} />}
        <Names {...both} known={known !== undefined} errors={fieldErrors(save.error, t('invalid'))} />
        {value.kind === 'webhook' ? (
          <WebhookPart {...both} hasSecret={hasSecret} />
        ) : (
          <>
            <ServerPart {...both} hasSecret={hasSecret} />
            <DkimPart {...both} hasKey={hasSecret('dkim_key')} dns={known?.dns} />
            <BouncesPart {...both} hasSecret={hasSecret} />
          </>
        )}
        <LimitsPart {...both} />
        <Checkbox checked={value.isActive} onChange={(event) => change({ isActive: event.target.checked })}>
          {t('isActive')}
        </Checkbox>
        <ProblemNote problem={save.error} />
      </div>
    </SideDrawer>
  );
}
