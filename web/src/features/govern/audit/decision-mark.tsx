/** How it ended, in sign and word. What was done says nothing more; what was refused or failed stands out. */
import { CheckOutlined, CloseOutlined, StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Tag } from '@/components/marks/tag';

export function DecisionMark({ decision }: { decision: string }) {
  const { t } = useTranslation('govern');
  if (decision === 'done') {
    return (
      <span className="k-label k-nowrap">
        <CheckOutlined aria-hidden /> {t('audit.decisions.done')}
      </span>
    );
  }
  if (decision === 'refused') {
    return (
      <Tag tone="error" icon={<StopOutlined aria-hidden />}>
        {t('audit.decisions.refused')}
      </Tag>
    );
  }
  return (
    <Tag tone="warning" icon={<CloseOutlined aria-hidden />}>
      {decision === 'failed' ? t('audit.decisions.failed') : decision}
    </Tag>
  );
}
