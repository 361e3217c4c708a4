/** The form at the left, the answer at the right, and what to do while there is none. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/states/empty-state';
import styles from './behavior.module.css';
import type { Json } from './draft';

export interface ViewProps {
  purpose: string | undefined;
  /** The definition that the address holds. */
  value: Json | undefined;
  onChange: (value: Json) => void;
}

interface FrameProps {
  form: ReactNode;
  hasPurpose: boolean;
  /** What is missing, in two sentences. */
  missing: { title: string; text: string };
  /** Nothing while the form is not complete. */
  answer: ReactNode;
}

export function ViewFrame({ form, hasPurpose, missing, answer }: FrameProps) {
  const { t } = useTranslation('behavior');
  const empty = hasPurpose ? missing : { title: t('noPurpose'), text: t('noPurposeText') };
  return (
    <div className={styles.desk}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.side} tabIndex={0}>
        {form}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.answer} tabIndex={0}>
        {(hasPurpose && answer) || <EmptyState {...empty} />}
      </div>
    </div>
  );
}
