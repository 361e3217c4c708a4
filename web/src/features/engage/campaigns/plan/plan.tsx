/** What was decided: to whom, by which channel, when, and what counts as success; below it the messages themselves. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignDetails } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { fromCampaign } from '../draft';
import { outlookQuery, segmentQuery } from '../queries';
import { Messages } from './messages';
import { useOutlookWords } from './outlook-note';
import styles from './plan.module.css';

const USUAL_BASE = 0.03;

function useWhen(campaign: CampaignDetails): string {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { kind, at, time, day, event, onlyWorkingDays, ...after } = fromCampaign(campaign);
  const where = after.where.map(({ key, value }) => t('whereIs', { key, value }));
  const wait = after.delayHours > 0 ? t('hoursLater', { count: after.delayHours }) : '';
  const weekday = day as 1 | 2 | 3 | 4 | 5 | 6 | 7;
  const said = {
    once: at ? t('onceAt', { at: format.dateTime(at) }) : t('onceNow'),
    daily: t('dailyAt', { time }),
    weekly: kind === 'weekly' ? t('weeklyAt', { day: t(`weekdays.${weekday}`), time }) : '',
    monthly: t('monthlyAt', { day, time }),
    on_entry: t('kinds.on_entry'),
    on_event: [t('onEvent', { event }), ...where, wait].filter(Boolean).join(t('comma')),
  }[kind];
  return onlyWorkingDays ? `${said}${t('comma')}${t('onlyWorkingDays')}` : said;
}

export function Plan({ campaign }: { campaign: CampaignDetails }) {
  const { t } = useTranslation('campaigns');
  const { language } = useFormat();
  const when = useWhen(campaign);
  const words = useOutlookWords();
  const variants = campaign.variants.length;
  const { data: segment } = useQuery(segmentQuery(campaign.segment_id));
  const { data: outlook } = useQuery(
    outlookQuery({
      segmentId: campaign.segment_id,
      account: campaign.account,
      variants,
      holdoutShare: campaign.holdout_share,
      base: USUAL_BASE,
    }),
  );
  const { goalEvent, goalDays, holdoutPercent } = fromCampaign(campaign);
  const facts: [string, string][] = [
    [t('segment'), campaign.segment_name],
    [t('who'), segment?.words ? inLanguage(segment.words, language) : '…'],
    [t('howMany'), outlook ? (words(outlook, variants)[0] ?? '') : '…'],
    [t('channel'), campaign.account_name],
    [t('when'), when],
    [t('goal'), goalEvent ? t('goalWithin', { event: goalEvent, count: goalDays }) : t('noGoal')],
    [t('holdout'), holdoutPercent ? t('heldPercent', { share: holdoutPercent }) : t('noHoldout')],
    [t('limits'), campaign.is_service ? t('isService') : t('isMarketing')],
  ];
  if (campaign.survey_id) facts.splice(4, 0, [t('survey'), campaign.survey_name]);
  return (
    <>
      <Card title={t('plan')}>
        <dl className={styles.facts}>
          {facts.map(([label, value]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Messages campaignId={campaign.id} />
    </>
  );
}
