/** A group of conditions, all of which hold, or one, or none. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Segmented } from '@/components/layout/segmented';
import { ConditionRow } from './condition-row';
import { type Book, type ConditionDraft, type GroupDraft, type Mode, newEvent, newField } from './draft';
import styles from './segments.module.css';

interface GroupCardProps {
  group: GroupDraft;
  book: Book;
  events: readonly string[];
  onChange: (group: GroupDraft) => void;
  onRemove?: (() => void) | undefined;
}

export function GroupCard({ group, book, events, onChange, onRemove }: GroupCardProps) {
  const { t } = useTranslation('analyze');
  const put = (conditions: readonly ConditionDraft[]) => onChange({ ...group, conditions });
  const modes: readonly Mode[] = ['all', 'any', 'none'];
  return (
    <section className={styles.group} data-mode={group.mode}>
      <div className={styles.groupHead}>
        <Segmented<Mode>
          label={t('mode')}
          options={modes.map((value) => ({ value, label: t(`modes.${value}`) }))}
          value={group.mode}
          onChange={(mode) => onChange({ ...group, mode })}
        />
        {onRemove && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('removeGroup')}
            title={t('removeGroup')}
            onClick={onRemove}
          />
        )}
      </div>
      {group.conditions.length === 0 ? (
        <p className={styles.none}>{t('emptyGroup')}</p>
      ) : (
        <ul className={styles.rows}>
          {group.conditions.map((draft, place) => (
            <ConditionRow
              key={draft.id}
              draft={draft}
              book={book}
              events={events}
              join={place === 0 ? '' : t(`joins.${group.mode}`)}
              onChange={(next) => put(group.conditions.map((one) => (one.id === draft.id ? next : one)))}
              onRemove={() => put(group.conditions.filter(({ id }) => id !== draft.id))}
            />
          ))}
        </ul>
      )}
      <div className={styles.adders}>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined />}
          onClick={() => put([...group.conditions, newField()])}
        >
          {t('addField')}
        </Button>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined />}
          onClick={() => put([...group.conditions, newEvent()])}
        >
          {t('addEvent')}
        </Button>
      </div>
    </section>
  );
}
