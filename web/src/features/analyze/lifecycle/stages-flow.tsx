/** 各阶段客户: the stages in the order of life, each with its customers and its share; one opens who is in it. */
import { useTranslation } from 'react-i18next';
import type { StageSizeOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './lifecycle.module.css';

interface StagesFlowProps {
  stages: readonly StageSizeOut[];
  onOpen: (stage: string) => void;
}

export function StagesFlow({ stages, onOpen }: StagesFlowProps) {
  const { t } = useTranslation('lifecycle');
  const format = useFormat();
  const all = stages.reduce((sum, one) => sum + one.customers, 0);
  return (
    <ol className={styles.flow}>
      {stages.map((one) => {
        const name = inLanguage(one.name, format.language);
        const share = all > 0 ? (100 * one.customers) / all : 0;
        const count = format.count(one.customers);
        return (
          <li key={one.key} data-none={one.key === ''}>
            <button
              type="button"
              className="k-plain-button"
              disabled={one.customers === 0}
              title={t('openStage', { stage: name, count: one.customers })}
              onClick={() => onOpen(one.key)}
            >
              <span className={styles.stageName}>{name}</span>
              <strong>{count}</strong>
              <span className={styles.track} aria-hidden>
                <span style={{ width: `${share}%` }} />
              </span>
              <span className="k-caption">{share.toFixed(1)}%</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
