/** The head of a section of fields. A section that an installation added is shown as it was named. */
import { useTranslation } from 'react-i18next';

const known = ['identity', 'contact', 'background', 'account', 'figures'] as const;

export function SectionTitle({ section }: { section: string }) {
  const { t } = useTranslation('customers');
  const key = known.find((name) => name === section);
  return (
    <h3 className="k-caption" style={{ margin: '8px 0 2px', fontWeight: 600 }}>
      {key ? t(`sections.${key}`) : section}
    </h3>
  );
}
