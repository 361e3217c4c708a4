/** The fields of the registry, section by section, in the order in which customers show them. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RegistryField } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { ProgressBar } from '@/components/marks/progress-bar';
import { Tag } from '@/components/marks/tag';
import { useLabel } from '../labels';
import { standardsQuery } from '../queries';
import styles from '../settings.module.css';
import { useFieldWords } from './field-words';

interface FieldsTableProps {
  fields: readonly RegistryField[];
  onOpen: (field: RegistryField) => void;
}

function useStandardName(): (key: string) => string {
  const label = useLabel();
  const { data } = useQuery(standardsQuery);
  return (key) => {
    const found = data?.find((standard) => standard.key === key);
    return found ? label(found.label) : key;
  };
}

/** Under way: what lay clear before the field became personal is being sealed. */
function Sealing({ percent }: { percent: number }) {
  const { t } = useTranslation('settings');
  const told = t('fields.sealing', { percent });
  return (
    <div className={styles.sealing}>
      <span className="k-caption">{told}</span>
      <ProgressBar share={percent / 100} label={told} height={4} />
    </div>
  );
}

function Row({ field, onOpen }: { field: RegistryField; onOpen: (field: RegistryField) => void }) {
  const { t } = useTranslation('settings');
  const label = useLabel();
  const words = useFieldWords();
  const standardName = useStandardName();
  return (
    <tr className={field.is_active ? '' : styles.off}>
      <th scope="row">
        <button type="button" className={styles.open} onClick={() => onOpen(field)}>
          {label(field.label)}
        </button>
        {!field.is_active && <> · {t('fields.inactive')}</>}
      </th>
      <td className="k-mono">{field.key}</td>
      <td>{standardName(field.standard)}</td>
      <td className="k-nowrap">
        {field.data_class} <span className="k-label">{words.dataClass(field.data_class)}</span>
        {field.is_sealed && <span className="k-caption"> {t('fields.sealed')}</span>}
        {field.sealing_percent !== null && <Sealing percent={field.sealing_percent} />}
      </td>
      <td>{words.party(field.party)}</td>
      <td>{words.survivorship(field.survivorship)}</td>
      <td>{field.identifier ? t('fields.identifies') : '—'}</td>
      <td>{field.is_listed ? t('fields.yes') : '—'}</td>
      <td>
        {field.origin === 'custom' ? <Tag tone="primary">{t('fields.own')}</Tag> : words.origin(field.origin)}
      </td>
    </tr>
  );
}

const columns = [
  'label',
  'key',
  'standard',
  'dataClass',
  'party',
  'survivorship',
  'identifier',
  'listed',
  'origin',
] as const;

export function FieldsTable({ fields, onOpen }: FieldsTableProps) {
  const { t } = useTranslation('settings');
  const words = useFieldWords();
  const names = [...new Set(fields.map((field) => field.section))];
  return (
    <SmallTable>
      <thead>
        <tr>
          {columns.map((key) => (
            <th key={key} scope="col">
              {t(`fields.columns.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      {names.map((section) => {
        const own = fields.filter((field) => field.section === section);
        return (
          <tbody key={section}>
            <tr data-section>
              <th scope="rowgroup" colSpan={columns.length}>
                {words.section(section)} <span className="k-caption">{own.length}</span>
              </th>
            </tr>
            {own.map((field) => (
              <Row key={field.key} field={field} onOpen={onOpen} />
            ))}
          </tbody>
        );
      })}
    </SmallTable>
  );
}
