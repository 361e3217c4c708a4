/** Names that the server knows in both languages, in the reader's. */
import { useQuery } from '@tanstack/react-query';
import type { Label } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { fieldsQuery } from './queries';

export function useLabel(): (label: Label) => string {
  const { language } = useFormat();
  return (label) => (language === 'en' ? label.en : label.zh);
}

/** The name of a field by its key; the key itself until the registry has answered. */
export function useFieldName(): (key: string) => string {
  const label = useLabel();
  const { data } = useQuery(fieldsQuery);
  return (key) => {
    const found = data?.find((field) => field.key === key);
    return found ? label(found.label) : key;
  };
}
