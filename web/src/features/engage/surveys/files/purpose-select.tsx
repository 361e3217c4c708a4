/** For which purpose personal answers go out; only purposes in use. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { purposesQuery } from '../queries';

export function PurposeSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (key: string) => void;
}) {
  const { t } = useTranslation('surveys');
  const { language } = useFormat();
  const { data: purposes = [] } = useQuery(purposesQuery);
  return (
    <Field label={t('purpose')} hint={t('purposeHint')}>
      {({ status: _, ...control }) => (
        <Select
          {...control}
          value={value}
          placeholder={t('choosePurpose')}
          options={purposes
            .filter((one) => one.is_active)
            .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
