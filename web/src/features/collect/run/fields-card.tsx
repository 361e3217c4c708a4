/** What a batch changed, field by field: values replaced, and values where there was none. */
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { useFormat } from '@/lib/format/use-format';
import { useFieldName } from '../labels';
import type { FieldFigures } from '../trial/summary';

export function FieldsCard({ fields }: { fields: readonly FieldFigures[] }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const name = useFieldName();
  const shown = (figure: number) => (figure > 0 ? format.count(figure) : '—');
  return (
    <Card isPadded={false} title={t('result.changes')}>
      <SmallTable>
        <thead>
          <tr>
            <th>{t('trial.field')}</th>
            <th data-align="end">{t('result.changed')}</th>
            <th data-align="end">{t('result.filled')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.key}>
              <td>{name(field.key)}</td>
              <td data-align="end">{shown(field.changed)}</td>
              <td data-align="end">{shown(field.filled)}</td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}
