/** The objection to decisions that a rule or a model makes alone (PIPL 24). */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { Status } from '@/components/marks/status';
import type { Say } from './own-page';
import styles from './own-page.module.css';

interface AutomationCardProps {
  isObjected: boolean;
  isBusy: boolean;
  onSay: Say;
}

export function AutomationCard({ isObjected, isBusy, onSay }: AutomationCardProps) {
  const { t } = useTranslation('ownPage');
  return (
    <Card
      title={t('automation')}
      extra={
        <Status tone={isObjected ? 'warning' : 'neutral'}>
          {t(isObjected ? 'objected' : 'notObjected')}
        </Status>
      }
    >
      <div className="k-stack">
        <p className="k-label">{t('automationText')}</p>
        <div className={styles.acts}>
          <Button
            size="large"
            disabled={isBusy}
            onClick={() => onSay({ purpose: '', state: isObjected ? 'lifted' : 'objected' })}
          >
            {t(isObjected ? 'lift' : 'object')}
          </Button>
        </div>
      </div>
    </Card>
  );
}
