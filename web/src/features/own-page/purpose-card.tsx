/** One purpose: what it is, what holds, the notice to read, and the words that can be said. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Label, OwnPurpose } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Status } from '@/components/marks/status';
import { useFormat } from '@/lib/format/use-format';
import type { Say } from './own-page';
import styles from './own-page.module.css';
import { stateKey, wordsFor } from './words-for';

interface PurposeCardProps {
  purpose: OwnPurpose;
  slots: Readonly<Record<string, Label>>;
  isBusy: boolean;
  onSay: Say;
}

function Notice({ purpose, slots }: Pick<PurposeCardProps, 'purpose' | 'slots'>) {
  const { t } = useTranslation('ownPage');
  const { language } = useFormat();
  const order = ['text', ...Object.keys(slots)].filter((slot) => purpose.notice[slot]);
  return (
    <details className={styles.notice}>
      <summary>{t('notice', { version: purpose.version })}</summary>
      <dl>
        {order.map((slot) => (
          <div key={slot}>
            {slots[slot] && <dt>{language === 'en' ? slots[slot].en : slots[slot].zh}</dt>}
            <dd>{purpose.notice[slot]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function PurposeCard({ purpose, slots, isBusy, onSay }: PurposeCardProps) {
  const { t } = useTranslation('ownPage');
  const { language, ...format } = useFormat();
  const inWords = (label: Label) => (language === 'en' ? label.en : label.zh);
  const open = purpose.channels.filter((one) => one.may_use).map((one) => inWords(one.name));
  const since = purpose.said_at ? t('since', { date: format.date(purpose.said_at) }) : '';
  const only =
    open.length > 0 && open.length < purpose.channels.length
      ? t('only', { channels: open.join(t('comma')) })
      : '';
  return (
    <Card
      title={inWords(purpose.name)}
      extra={
        <Status tone={purpose.may_use ? 'success' : 'neutral'}>{t(purpose.may_use ? 'on' : 'off')}</Status>
      }
    >
      <div className="k-stack">
        <p className="k-label">
          {[t(stateKey(purpose)), since, only].filter(Boolean).join(language === 'en' ? '; ' : '，')}
        </p>
        <Notice purpose={purpose} slots={slots} />
        <div className={styles.acts}>
          {wordsFor(purpose).map(({ state, label }) => (
            <Button
              key={state}
              size="large"
              disabled={isBusy}
              onClick={() => onSay({ purpose: purpose.purpose, state })}
            >
              {t(label)}
            </Button>
          ))}
        </div>
      </div>
    </Card>
  );
}
