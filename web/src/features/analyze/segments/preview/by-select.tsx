/** By what a segment is divided: its units, or a field of few values. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { vocabularyQuery } from '../queries';

const DIVIDES: ReadonlySet<string> = new Set(['code', 'text', 'yes_no']);

export function BySelect({ by, onChange }: { by: string; onChange: (by: string) => void }) {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  const { data } = useQuery(vocabularyQuery);
  const fields = data?.fields.filter(({ kind }) => DIVIDES.has(kind)) ?? [];
  return (
    <Select
      size="small"
      aria-label={t('parts.by')}
      style={{ width: 180 }}
      showSearch={{ optionFilterProp: 'label' }}
      value={by}
      options={[
        { value: 'unit', label: t('unit') },
        ...fields.map(({ key, label }) => ({ value: key, label: inLanguage(label, language) })),
      ]}
      onChange={onChange}
    />
  );
}
