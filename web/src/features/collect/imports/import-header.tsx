/** The head that all five steps share: what is imported, from which file, and where it stands. */
import { FileExcelOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { PageHeader } from '@/components/layout/page';
import { StepsHeader } from '@/components/layout/steps-header';
import { Tag } from '@/components/marks/tag';
import { kindOf } from './kind-of';
import { STEPS, type Step } from './states';

interface ImportHeaderProps {
  step: Step;
  job?: ImportOut;
  subtitle: ReactNode;
}

export function ImportHeader({ step, job, subtitle }: ImportHeaderProps) {
  const { t } = useTranslation('collect');
  const isDone = (job?.state === 'succeeded' && !job.is_dry_run) || job?.state === 'reverted';
  return (
    <PageHeader
      title={t(`importing.titles.${kindOf(job)}`)}
      subtitle={subtitle}
      tags={job?.file_name && <Tag icon={<FileExcelOutlined />}>{job.file_name}</Tag>}
      actions={
        <StepsHeader
          steps={STEPS.map((name) => t(`importing.steps.${name}`))}
          current={isDone ? STEPS.length - 1 : STEPS.indexOf(step)}
        />
      }
    />
  );
}
