/** What the campaign says, as a made-up customer gets it: whoever approves it reads it here. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignMessage } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { messagesQuery } from '../queries';
import styles from './plan.module.css';

function Mail({ message }: { message: CampaignMessage }) {
  const { t } = useTranslation('campaigns');
  if (message.missing_variable) return <Note tone="warning">{t('cannotShow')}</Note>;
  return (
    <div className={styles.mail}>
      <div className={styles.subject}>{message.subject}</div>
      <iframe
        title={t('messageOf', { key: message.key })}
        sandbox=""
        srcDoc={message.html}
        className={styles.frame}
      />
    </div>
  );
}

export function Messages({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const [chosen, setChosen] = useState('');
  const query = useQuery(messagesQuery(campaignId));
  return (
    <Card title={t('messages')}>
      <QueryView query={query}>
        {(found) => {
          const shown = found.find(({ key }) => key === chosen) ?? found[0];
          return (
            <div className="k-stack">
              {found.length > 1 && (
                <div className="k-row">
                  <Segmented
                    label={t('variant')}
                    options={found.map((one) => ({
                      value: one.key,
                      label: t('variantOf', { key: one.key, share: Math.round(one.share * 100) }),
                    }))}
                    value={shown?.key ?? ''}
                    onChange={setChosen}
                  />
                </div>
              )}
              {shown && (
                <>
                  <p className="k-caption" style={{ margin: 0 }}>
                    {t('fromTemplate', { name: shown.template_name, number: shown.number })}
                  </p>
                  <Mail message={shown} />
                </>
              )}
            </div>
          );
        }}
      </QueryView>
    </Card>
  );
}
