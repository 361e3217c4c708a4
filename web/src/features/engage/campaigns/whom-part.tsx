/** To whom and what: a segment, a channel, and one to five messages that are compared. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { savedSegmentsQuery } from '@/lib/segments';
import type { Draft } from './draft';
import { channelsQuery, surveysQuery, templatesQuery } from './queries';

const MOST_VARIANTS = 5;

export interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

export function Whom({ draft, change }: PartProps) {
  const { t } = useTranslation('campaigns');
  const { data: segments = [] } = useQuery(savedSegmentsQuery);
  const { data: channels = [] } = useQuery(channelsQuery);
  const { data: templates = [] } = useQuery(templatesQuery);
  const { data: surveys = [] } = useQuery(surveysQuery);
  const asking = surveys.filter(({ mode, state }) => mode === 'personal' && state === 'open');
  const purpose = segments.find(({ id }) => id === draft.segmentId)?.purpose;
  const kind = channels.find(({ key }) => key === draft.account)?.kind;
  const fitting = templates.filter(
    (one) => (!purpose || one.purpose === purpose) && (!kind || one.channel === kind),
  );
  return (
    <Card title={t('whomTitle')}>
      <div className="k-stack" style={{ maxWidth: 560 }}>
        <Field label={t('segment')} hint={t('segmentHint')}>
          {(control) => (
            <Select
              {...control}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('chooseSegment')}
              value={draft.segmentId}
              options={segments.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(segmentId: string) => change({ segmentId, versions: [] })}
            />
          )}
        </Field>
        <Field label={t('channel')}>
          {(control) => (
            <Select
              {...control}
              placeholder={t('chooseChannel')}
              value={draft.account}
              options={channels
                .filter((one) => one.is_active)
                .map(({ key, name }) => ({ value: key, label: name }))}
              onChange={(account: string) => change({ account, versions: [] })}
            />
          )}
        </Field>
        <Field label={t('messages')} hint={t('messagesHint')}>
          {(control) => (
            <Select
              {...control}
              mode="multiple"
              maxCount={MOST_VARIANTS}
              placeholder={t('chooseMessages')}
              value={[...draft.versions]}
              options={fitting.map(({ name, current }) => ({
                value: current.id,
                label: `${name} · v${current.number}`,
              }))}
              onChange={(versions: string[]) => change({ versions })}
            />
          )}
        </Field>
        <Field label={t('survey')} hint={t('surveyHint')} isOptional>
          {(control) => (
            <Select
              {...control}
              allowClear
              placeholder={t('chooseSurvey')}
              notFoundContent={t('noSurveys')}
              value={draft.surveyId}
              options={asking.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(surveyId: string | undefined) => change({ surveyId: surveyId ?? null })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
