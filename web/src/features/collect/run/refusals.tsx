/** The file of refused rows: fetched while they are kept; afterwards the page says that they are gone, and since when. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';

export const errorsPath = (importId: string) => `/api/v1/imports/${importId}/errors`;

export function hasRefusals(job: ImportOut): boolean {
  return job.rows_rejected > 0 && job.refusals_erased_at === null;
}

/** Until when they can be fetched, or since when no longer; nothing where no row was refused. */
export function useRefusalsWords(): (job: ImportOut) => string | undefined {
  const { t } = useTranslation('collect');
  const format = useFormat();
  return (job) => {
    if (job.rows_rejected === 0) return undefined;
    if (job.refusals_erased_at) return t('refusals.erased', { date: format.date(job.refusals_erased_at) });
    return job.refusals_until ? t('refusals.until', { date: format.date(job.refusals_until) }) : undefined;
  };
}

export function RefusalsButton({ job }: { job: ImportOut }) {
  const { t } = useTranslation('collect');
  if (!hasRefusals(job)) return null;
  return (
    <Button icon={<DownloadOutlined />} href={errorsPath(job.id)}>
      {t('result.download')}
    </Button>
  );
}
