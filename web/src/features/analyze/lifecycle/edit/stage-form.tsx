/** One stage: its names, its code, and who is in it, written as a segment is. */
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VocabularyOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { Note } from '@/components/marks/note';
import { Builder } from '../../segments/builder/builder';
import type { Book } from '../../segments/builder/kinds';
import { emptyDraft } from '../../segments/draft';
import styles from '../lifecycle.module.css';
import type { StageDraft } from './draft';

interface StageFormProps {
  vocabulary: VocabularyOut;
  book: Book;
  value: StageDraft;
  onChange: (part: Partial<StageDraft>) => void;
}

export function StageForm({ vocabulary, book, value, onChange }: StageFormProps) {
  const { t } = useTranslation('lifecycle');
  const names = [
    { part: 'zh', label: t('stageZh') },
    { part: 'en', label: t('stageEn') },
    { part: 'key', label: t('stageKey') },
  ] as const;
  return (
    <>
      <div className={styles.pair}>
        {names.map(({ part, label }) => (
          <Field key={part} label={label} hint={part === 'key' ? t('stageKeyHint') : undefined}>
            {(control) => (
              <Input
                {...control}
                className={part === 'key' ? 'k-mono' : ''}
                value={value[part]}
                maxLength={part === 'key' ? 32 : 40}
                onChange={(event) =>
                  onChange({
                    [part]: part === 'key' ? event.target.value.toLowerCase() : event.target.value,
                  })
                }
              />
            )}
          </Field>
        ))}
      </div>
      <p className="k-caption">{t('ruleText')}</p>
      {value.rule ? (
        <Builder
          key={value.id}
          vocabulary={vocabulary}
          book={book}
          value={value.rule}
          onChange={(rule) => onChange({ rule })}
        />
      ) : (
        <Note
          actions={
            <Button size="small" onClick={() => onChange({ rule: emptyDraft() })}>
              {t('rewrite')}
            </Button>
          }
        >
          {t('keptRule')}
        </Note>
      )}
    </>
  );
}
