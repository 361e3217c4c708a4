/** What a field is for good: key, standard, party, class, and whether it tells people apart. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RegistryField } from '@/api/generated/types.gen';
import { ProgressBar } from '@/components/marks/progress-bar';
import { useLabel } from '../labels';
import { standardsQuery } from '../queries';
import styles from '../settings.module.css';
import { useFieldWords } from './field-words';

interface FieldFactsProps {
  field: RegistryField;
  /** Also what could be changed, for a reader who may not. */
  isWhole: boolean;
}

export function FieldFacts({ field, isWhole }: FieldFactsProps) {
  const { t } = useTranslation(['settings', 'common']);
  const label = useLabel();
  const words = useFieldWords();
  const standard = useQuery(standardsQuery).data?.find((known) => known.key === field.standard);
  const facts: readonly (readonly [string, string])[] = [
    [t('fields.columns.key'), field.key],
    [t('fields.columns.standard'), standard ? label(standard.label) : field.standard],
    [t('fields.columns.party'), words.party(field.party)],
    [t('fields.section'), words.section(field.section)],
    [t('fields.columns.dataClass'), `${field.data_class} ${words.dataClass(field.data_class)}`],
    [t('fields.storage'), t(field.is_sealed ? 'fields.isSealed' : 'fields.isClear')],
    [t('fields.columns.identifier'), t(field.identifier ? 'fields.identifies' : 'fields.identifiesNot')],
    ...(isWhole
      ? ([
          [t('fields.columns.survivorship'), words.survivorship(field.survivorship)],
          [t('fields.columns.listed'), t(field.is_listed ? 'fields.yes' : 'fields.no')],
          [t('fields.synonyms'), field.synonyms.join(t('common:listComma')) || '—'],
        ] as const)
      : []),
  ];
  const percent = field.sealing_percent;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.factRow}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {percent !== null && (
        <div className={styles.factRow}>
          <dt>{t('fields.sealing', { percent })}</dt>
          <dd>
            <ProgressBar share={percent / 100} label={t('fields.sealing', { percent })} />
          </dd>
        </div>
      )}
    </dl>
  );
}
