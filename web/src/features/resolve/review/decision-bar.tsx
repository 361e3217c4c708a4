/** The decisions, always in the same place; above them the one that can still be undone. */
import { UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Kbd } from '@/components/marks/kbd';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import styles from './review.module.css';
import type { Decision, Desk } from './use-desk';

interface DecisionBarProps {
  desk: Desk;
  onDecide: (decision: Decision) => void;
}

export function DecisionBar({ desk, onDecide }: DecisionBarProps) {
  const { t } = useTranslation('resolve');
  const { current, pending } = desk;
  const isOpen = current !== undefined;
  const actions = {
    same: () => onDecide('same'),
    different: () => onDecide('different'),
    later: desk.putOff,
    undo: desk.undo,
  };
  const common = { group: 'page' as const };
  useShortcut({ ...common, keys: 's', label: t('review.same'), isActive: isOpen, onPress: actions.same });
  useShortcut({
    ...common,
    keys: 'd',
    label: t('review.different'),
    isActive: isOpen,
    onPress: actions.different,
  });
  useShortcut({ ...common, keys: 'l', label: t('review.later'), isActive: isOpen, onPress: actions.later });
  useShortcut({
    ...common,
    keys: 'z',
    label: t('review.undo'),
    isActive: pending !== null,
    onPress: actions.undo,
  });
  return (
    <div className={styles.decide}>
      <div className={styles.held} role="status">
        {pending &&
          t(`review.held.${pending.decision}`, {
            one: pending.pair.left.name,
            other: pending.pair.right.name,
          })}
      </div>
      <div className={styles.bar}>
        {isOpen && (
          <>
            <Button size="large" type="primary" onClick={actions.same}>
              {t('review.same')} <Kbd keys="s" />
            </Button>
            <Button size="large" onClick={actions.different}>
              {t('review.different')} <Kbd keys="d" />
            </Button>
            <Button size="large" onClick={actions.later} disabled={desk.queue.length < 2}>
              {t('review.later')} <Kbd keys="l" />
            </Button>
          </>
        )}
        <Button size="large" icon={<UndoOutlined />} disabled={pending === null} onClick={actions.undo}>
          {t('review.undo')} <Kbd keys="z" />
        </Button>
      </div>
    </div>
  );
}
