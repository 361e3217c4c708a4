/** Which kind of identifier, the usual one first: mobile numbers are what is blocked most. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldControl } from '@/components/form/field';
import { kindsQuery } from './queries';
import { useKindWords } from './words';

export const USUAL = 'mobile';
export const ANY = '*';

interface KindSelectProps extends Partial<FieldControl> {
  value: string;
  onChange: (kind: string) => void;
  /** Also a choice that stands for every kind. */
  hasAny?: boolean;
  'aria-label'?: string;
}

export function KindSelect({ hasAny = false, status = '', ...control }: KindSelectProps) {
  const { t } = useTranslation('resolve');
  const words = useKindWords();
  const { data = [] } = useQuery(kindsQuery);
  const options = data.map((kind) => ({ value: kind.key, label: words.label(kind.label) }));
  return (
    <Select<string>
      {...control}
      status={status}
      style={{ minWidth: 148 }}
      popupMatchSelectWidth={false}
      options={hasAny ? [...options, { value: ANY, label: t('matching.blocked.any') }] : options}
    />
  );
}
