/** What a segment is for: without it nothing is counted and nothing is saved. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { purposesQuery } from './queries';

interface PurposeSelectProps {
  value: string | undefined;
  onChange: (purpose: string) => void;
}

export function PurposeSelect({ value, onChange }: PurposeSelectProps) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const { data = [] } = useQuery(purposesQuery);
  return (
    <>
      <span className="k-caption" aria-hidden>
        {t('purpose')}
      </span>
      <Select
        aria-label={t('purpose')}
        placeholder={t('choosePurpose')}
        style={{ width: 220 }}
        value={value ?? null}
        options={data
          .filter((one) => one.is_active)
          .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
        onChange={onChange}
      />
    </>
  );
}
