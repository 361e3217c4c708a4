/** 资料: what is known of the customer, in sections, each value with where it is from. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Profile } from '@/api/generated/types.gen';
import { FieldMarkLegend } from '@/components/customer/provenance-field';
import { Card } from '@/components/layout/card';
import { bySection } from '../entry/fields';
import { SectionTitle } from '../entry/section-title';
import { useFieldBook } from '../field-book';
import { FieldRow } from './field-row';

interface FactsCardProps {
  profile: Profile;
  isPast: boolean;
  /** With a key: that field alone. */
  onCorrect: ((key?: string) => void) | undefined;
}

export function FactsCard({ profile, isPast, onCorrect }: FactsCardProps) {
  const { t } = useTranslation('customers');
  const book = useFieldBook();
  return (
    <Card
      title={t('profile.facts')}
      isPadded={false}
      foot={<FieldMarkLegend />}
      extra={
        <span className="k-row">
          <span className="k-caption">{t('profile.complete', { percent: profile.completeness })}</span>
          {onCorrect && (
            <Button type="link" size="small" onClick={() => onCorrect()}>
              {t('correct.edit')}
            </Button>
          )}
        </span>
      }
    >
      <div style={{ padding: '0 16px 8px' }}>
        {bySection(profile.fields).map(({ section, fields }) => (
          <div key={section}>
            <SectionTitle section={section} />
            {fields.map((field) => (
              <FieldRow
                key={field.key}
                customerId={profile.id}
                field={field}
                book={book}
                isPast={isPast}
                onCorrect={onCorrect}
              />
            ))}
          </div>
        ))}
      </div>
    </Card>
  );
}
