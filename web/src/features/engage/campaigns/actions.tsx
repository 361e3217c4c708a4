/** What may be done with a campaign now. Who submitted it does not approve it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  approveCampaign,
  pauseCampaign,
  startCampaign,
  stopCampaign,
  submitCampaign,
} from '@/api/generated/sdk.gen';
import type { CampaignDetails } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { useCan } from '@/lib/session/me';
import { campaignsQuery } from './queries';
import { useStateWords } from './use-state-words';

const CALLS = {
  submit: submitCampaign,
  start: startCampaign,
  pause: pauseCampaign,
  stop: stopCampaign,
} as const;
type Act = keyof typeof CALLS;

function useActs(campaign: CampaignDetails) {
  const client = useQueryClient();
  const notify = useNotify();
  const { t } = useTranslation('campaigns');
  const done = (text: string) => {
    void client.invalidateQueries({ queryKey: campaignsQuery.queryKey });
    notify.done(text);
  };
  const path = { campaign_id: campaign.id };
  const act = useMutation({
    mutationFn: async (what: Act) => {
      await CALLS[what]({ path, throwOnError: true });
      return what;
    },
    onSuccess: (what) => done(t(`done.${what}`)),
    onError: notify.failed,
  });
  const decide = useMutation({
    mutationFn: async (body: { approve: boolean; note: string }) => {
      await approveCampaign({ path, body, throwOnError: true });
      return body.approve;
    },
    onSuccess: (isApproved) => done(t(isApproved ? 'done.approve' : 'done.reject')),
  });
  return { act, decide };
}

function Decide({ campaign }: { campaign: CampaignDetails }) {
  const { t } = useTranslation('campaigns');
  const { decide } = useActs(campaign);
  const [asked, setAsked] = useState<'approve' | 'reject' | null>(null);
  const [note, setNote] = useState('');
  return (
    <>
      <Button onClick={() => setAsked('reject')}>{t('reject')}</Button>
      <Button type="primary" onClick={() => setAsked('approve')}>
        {t('approve')}
      </Button>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t(asked === 'reject' ? 'rejectTitle' : 'approveTitle', { name: campaign.name })}
        confirmLabel={t(asked === 'reject' ? 'reject' : 'approve')}
        canConfirm={asked === 'approve' || note.trim() !== ''}
        onConfirm={() => decide.mutateAsync({ approve: asked === 'approve', note: note.trim() })}
        onClose={() => setAsked(null)}
      >
        <Field label={t('note')} isOptional={asked === 'approve'}>
          {(control) => (
            <Input.TextArea
              {...control}
              value={note}
              maxLength={500}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </ConfirmDialog>
    </>
  );
}

function Own({ campaign }: { campaign: CampaignDetails }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const words = useStateWords();
  const { act } = useActs(campaign);
  const [isStopping, setStopping] = useState(false);
  const state = words.is(campaign);
  const button = (what: Act, isMain = false, label: string = what) => (
    <Button
      type={isMain ? 'primary' : 'default'}
      loading={act.isPending && act.variables === what}
      onClick={() => act.mutate(what)}
    >
      {t(`acts.${label === 'resume' ? 'resume' : what}`)}
    </Button>
  );
  const edit = () =>
    void navigate({ to: '/engage/campaigns/$campaignId/edit', params: { campaignId: campaign.id } });
  return (
    <>
      {campaign.state === 'draft' && <Button onClick={edit}>{t('editShort')}</Button>}
      {(state === 'draft' || state === 'rejected') && button('submit', true)}
      {state === 'approved' && button('start', true)}
      {campaign.state === 'running' && button('pause')}
      {campaign.state === 'paused' && button('start', true, 'resume')}
      {(campaign.state === 'running' || campaign.state === 'paused') && (
        <Button danger onClick={() => setStopping(true)}>
          {t('acts.stop')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isStopping}
        title={t('stopTitle', { name: campaign.name })}
        confirmLabel={t('acts.stop')}
        isDestructive
        onConfirm={() => act.mutateAsync('stop')}
        onClose={() => setStopping(false)}
      >
        {t('stopText')}
      </ConfirmDialog>
    </>
  );
}

export function Actions({ campaign }: { campaign: CampaignDetails }) {
  const can = useCan();
  const words = useStateWords();
  if (can('campaign.manage')) return <Own campaign={campaign} />;
  return can('campaign.approve') && words.is(campaign) === 'waiting' ? <Decide campaign={campaign} /> : null;
}
