/** What a definition is built with: groups of conditions that are joined by and, or the JSON that they come to. */
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VocabularyOut } from '@/api/generated/types.gen';
import { CopyButton } from '@/components/form/copy-button';
import { Segmented } from '@/components/layout/segmented';
import { type Book, type GroupDraft, newField, newGroup, toDefinition } from '../draft';
import { GroupCard } from '../group-card';
import styles from '../segments.module.css';

export type Draft = readonly GroupDraft[];

/** A definition that asks nothing yet, with a row to begin in. */
export const emptyDraft = (): Draft => [{ ...newGroup(), conditions: [newField()] }];

export function bookOf(vocabulary: VocabularyOut): Book {
  return {
    fields: new Map(vocabulary.fields.map((field) => [field.key, field])),
    operators: new Map(vocabulary.operators.map((operator) => [operator.key, operator])),
  };
}

interface BuilderProps {
  vocabulary: VocabularyOut;
  book: Book;
  value: Draft;
  onChange: (draft: Draft) => void;
}

export function Builder({ vocabulary, book, value, onChange }: BuilderProps) {
  const { t } = useTranslation('analyze');
  const [view, setView] = useState<'conditions' | 'json'>('conditions');
  const text = JSON.stringify(toDefinition(value, book), null, 2);
  const put = (id: number, next: GroupDraft | null) =>
    onChange(value.flatMap((group) => (group.id === id ? (next ?? []) : [group])));
  return (
    <>
      <div className={styles.intro}>
        <span>{t('groupsHold')}</span>
        <Segmented
          label={t('view')}
          options={[
            { value: 'conditions', label: t('asConditions') },
            { value: 'json', label: t('asJson') },
          ]}
          value={view}
          onChange={setView}
        />
      </div>
      {view === 'json' ? (
        <div className={styles.json}>
          <CopyButton text={text} label={t('copyJson')} />
          <pre>{text}</pre>
        </div>
      ) : (
        <>
          {value.map((group, place) => (
            <Fragment key={group.id}>
              {place > 0 && <div className={styles.and}>{t('and')}</div>}
              <GroupCard
                group={group}
                book={book}
                events={vocabulary.events}
                onChange={(next) => put(group.id, next)}
                onRemove={value.length > 1 ? () => put(group.id, null) : undefined}
              />
            </Fragment>
          ))}
          <Button
            icon={<PlusOutlined />}
            onClick={() => onChange([...value, { ...newGroup(), conditions: [newField()] }])}
          >
            {t('addGroup')}
          </Button>
        </>
      )}
    </>
  );
}
