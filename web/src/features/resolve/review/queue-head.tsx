/** The head of the pairs at the left: what they are, and the switch between those that wait and those decided. */
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Segmented } from '@/components/layout/segmented';
import styles from './review.module.css';

type State = 'open' | 'decided';
const states: readonly State[] = ['open', 'decided'];

interface QueueHeadProps {
  state: State;
  title: string;
  hint: string;
}

export function QueueHead({ state, title, hint }: QueueHeadProps) {
  const { t } = useTranslation('resolve');
  const navigate = useNavigate();
  return (
    <div className={styles.queueHead}>
      <h1>{title}</h1>
      <div className="k-caption">{hint}</div>
      <div className={styles.states}>
        <Segmented<State>
          label={t('review.stateLabel')}
          options={states.map((value) => ({ value, label: t(`review.states.${value}`) }))}
          value={state}
          onChange={(next) =>
            void navigate({ to: '/resolve/review', search: next === 'decided' ? { state: next } : {} })
          }
        />
      </div>
    </div>
  );
}
