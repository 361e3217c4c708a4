/** A campaign is written: to whom, what, when, and by what it is judged. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createCampaign, updateCampaign } from '@/api/generated/sdk.gen';
import type { CampaignDetails } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { FootBar, Page, PageBody, PageHeader } from '@/components/layout/page';
import { QueryView } from '@/components/states/query-view';
import { type Draft, EMPTY, fromCampaign, isComplete, toBody } from './draft';
import { Judged } from './judged-part';
import { campaignQuery, campaignsQuery } from './queries';
import { When } from './when-part';
import { Whom } from './whom-part';

/** A campaign that was saved, or the segment for which a new one is written. */
interface FormProps {
  known?: CampaignDetails;
  start?: Partial<Draft>;
}

function Form({ known, start }: FormProps) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const notify = useNotify();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => (known ? fromCampaign(known) : { ...EMPTY, ...start }));
  const change = (part: Partial<Draft>) => setDraft((held) => ({ ...held, ...part }));
  const save = useMutation({
    mutationFn: async () => {
      const body = toBody(draft);
      if (!known) return (await createCampaign({ body, throwOnError: true })).data;
      return (await updateCampaign({ path: { campaign_id: known.id }, body, throwOnError: true })).data;
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: campaignsQuery.queryKey });
      notify.done(t('saved'));
      void navigate({ to: '/engage/campaigns/$campaignId', params: { campaignId: id } });
    },
  });
  return (
    <Page>
      <PageHeader frame="bar" title={known ? t('edit') : t('new')} subtitle={t('editSubtitle')} />
      <PageBody>
        <Card>
          <div style={{ maxWidth: 560 }}>
            <Field label={t('name')}>
              {(control) => (
                <Input
                  {...control}
                  value={draft.name}
                  maxLength={100}
                  placeholder={t('namePlaceholder')}
                  onChange={(event) => change({ name: event.target.value })}
                />
              )}
            </Field>
          </div>
        </Card>
        <Whom draft={draft} change={change} />
        <When draft={draft} change={change} />
        <Judged draft={draft} change={change} />
        <ProblemNote problem={save.error} />
      </PageBody>
      <FootBar hint={t('nothingIsSentYet')}>
        <Button onClick={() => void navigate({ to: '/engage/campaigns' })}>{t('cancel')}</Button>
        <Button
          type="primary"
          disabled={!isComplete(draft)}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('save')}
        </Button>
      </FootBar>
    </Page>
  );
}

export function NewCampaignPage() {
  const { segment = null, survey } = useSearch({ from: '/frame/engage/campaigns/new' });
  const asking: Partial<Draft> = survey ? { surveyId: survey, kind: 'on_event' } : {};
  return <Form key={`${segment} ${survey}`} start={{ segmentId: segment, ...asking }} />;
}

export function EditCampaignPage() {
  const { campaignId } = useParams({ from: '/frame/engage/campaigns/$campaignId/edit' });
  const query = useQuery(campaignQuery(campaignId));
  return <QueryView query={query}>{(campaign) => <Form known={campaign} />}</QueryView>;
}
