/** The steps of a task, always visible; goes into the actions of a page header. */
import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import styles from './layout.module.css';

interface StepsHeaderProps {
  steps: readonly string[];
  /** From 0. */
  current: number;
}

export function StepsHeader({ steps, current }: StepsHeaderProps) {
  const { t } = useTranslation();
  const stateOf = (i: number) => (i < current ? 'done' : i === current ? 'current' : 'ahead');
  return (
    <ol className={styles.steps} aria-label={t('steps')}>
      {steps.map((step, i) => (
        <li
          key={step}
          className={styles.step}
          data-state={stateOf(i)}
          aria-current={i === current ? 'step' : undefined}
        >
          <span className={styles.stepMark}>
            {i < current ? <CheckOutlined aria-label={t('done')} /> : i + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  );
}
