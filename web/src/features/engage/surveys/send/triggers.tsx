/** What asks by itself: campaigns that send this survey after an event, each with whom it reached and whom not, and why. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getCampaignResults } from '@/api/generated/sdk.gen';
import type { CampaignOut, SurveyOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { campaignsQuery } from '../queries';

function Outcome({ campaign }: { campaign: CampaignOut }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['campaigns', campaign.id, 'results', campaign.state],
    queryFn: async ({ signal }) =>
      (await getCampaignResults({ path: { campaign_id: campaign.id }, signal, throwOnError: true })).data,
  });
  if (!data) return null;
  const sent = data.variants.reduce((sum, one) => sum + one.sent, 0);
  const reasons = new Map<string, number>();
  for (const one of data.variants.flatMap(({ reasons: held }) => held)) {
    const words = inLanguage(one.text, format.language);
    reasons.set(words, (reasons.get(words) ?? 0) + one.count);
  }
  return (
    <span className="k-caption">
      {[
        t('trigger.invited', { number: format.count(sent) }),
        ...[...reasons].map(([words, count]) => t('trigger.not', { words, number: format.count(count) })),
      ].join(t('trigger.comma'))}
    </span>
  );
}

export function Triggers({ survey }: { survey: SurveyOut }) {
  const { t } = useTranslation(['surveys', 'campaigns']);
  const can = useCan();
  const { data: campaigns = [] } = useQuery({ ...campaignsQuery, enabled: can('campaign.read') });
  const own = campaigns.filter((one) => one.survey_id === survey.id && one.event);
  return (
    <Card title={t('trigger.title')}>
      <div className="k-stack">
        <p className="k-caption">{t('trigger.text')}</p>
        {own.map((one) => (
          <div key={one.id} className="k-stack">
            <span className="k-row k-wrap">
              <Link to="/engage/campaigns/$campaignId" params={{ campaignId: one.id }}>
                {t('trigger.says', { event: one.event, channel: one.account_name })}
              </Link>
              <Tag>{t(`campaigns:states.${one.state as 'draft'}`)}</Tag>
            </span>
            <Outcome campaign={one} />
          </div>
        ))}
        {can('campaign.manage') && survey.state === 'open' && (
          <Link to="/engage/campaigns/new" search={{ survey: survey.id }}>
            {t('trigger.new')}
          </Link>
        )}
      </div>
    </Card>
  );
}
