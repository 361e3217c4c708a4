/** The stages in the order of life, with the customers whom each would take; they are put in order by buttons. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StageSizeOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import styles from '../lifecycle.module.css';
import { MOST_STAGES, moved, newStage, type StageDraft } from './draft';

interface StageListProps {
  stages: readonly StageDraft[];
  open: number | undefined;
  found: readonly StageSizeOut[] | undefined;
  onOpen: (id: number) => void;
  onChange: (stages: readonly StageDraft[]) => void;
}

export function StageList({ stages, open, found, onOpen, onChange }: StageListProps) {
  const { t } = useTranslation('lifecycle');
  const format = useFormat();
  const sizeOf = (key: string) => found?.find((one) => one.key === key)?.customers;
  const nameOf = (one: StageDraft) =>
    (format.language === 'en' ? one.en || one.zh : one.zh || one.en) || t('unnamed');
  const rest = sizeOf('');
  return (
    <>
      <ol className={styles.list} aria-label={t('stages')}>
        {stages.map((one, place) => {
          const size = sizeOf(one.key);
          const name = nameOf(one);
          return (
            <li key={one.id} className={styles.item} data-open={one.id === open}>
              <button
                type="button"
                className="k-plain-button"
                aria-current={one.id === open}
                onClick={() => onOpen(one.id)}
              >
                <span>{name}</span>
                <span className="k-caption">
                  {size === undefined ? '' : t('people', { count: size, number: format.count(size) })}
                </span>
              </button>
              <span className={styles.tools}>
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('earlier', { name })}
                  disabled={place === 0}
                  onClick={() => onChange(moved(stages, one.id, -1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  aria-label={t('later', { name })}
                  disabled={place === stages.length - 1}
                  onClick={() => onChange(moved(stages, one.id, 1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('removeStage', { name })}
                  disabled={stages.length <= 2}
                  onClick={() => onChange(stages.filter(({ id }) => id !== one.id))}
                />
              </span>
            </li>
          );
        })}
      </ol>
      {rest !== undefined && rest > 0 && (
        <span className="k-caption">{t('restIn', { count: rest, number: format.count(rest) })}</span>
      )}
      {stages.length < MOST_STAGES && (
        <Button
          icon={<PlusOutlined />}
          onClick={() => {
            const made = newStage(stages);
            onChange([...stages, made]);
            onOpen(made.id);
          }}
        >
          {t('addStage')}
        </Button>
      )}
    </>
  );
}
