/** What a paste came to, as counts: no number that was pasted is shown again, or kept. */
import { useTranslation } from 'react-i18next';
import type { ListVersionOut } from '@/api/generated/types.gen';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';

export function Matched({ version }: { version: ListVersionOut }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const others = (['unmatched', 'doubled', 'refused'] as const).filter((key) => version[key] > 0);
  return (
    <Note tone={version.customers > 0 ? 'success' : 'warning'}>
      <b>
        {t('lists.result', {
          given: format.count(version.given),
          matched: format.count(version.matched),
          customers: format.count(version.customers),
        })}
      </b>
      {(others.length > 0 || version.shared > 0) && (
        <ul>
          {others.map((key) => (
            <li key={key}>{t(`lists.told.${key}`, { number: format.count(version[key]) })}</li>
          ))}
          {version.shared > 0 && <li>{t('lists.told.shared', { number: format.count(version.shared) })}</li>}
        </ul>
      )}
    </Note>
  );
}
