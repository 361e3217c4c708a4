/** Names that the server knows in both languages, in the reader's. */
import type { Label } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';

export function useLabel(): (label: Label) => string {
  const { language } = useFormat();
  return (label) => (language === 'en' ? label.en : label.zh);
}
