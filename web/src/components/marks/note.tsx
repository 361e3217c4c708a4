/** A sentence that stays on the page. An error note is read out as it appears. */
import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  InfoCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import styles from './marks.module.css';

export type NoteTone = 'neutral' | 'primary' | 'success' | 'warning' | 'error';

const icons = {
  neutral: InfoCircleOutlined,
  primary: InfoCircleOutlined,
  success: CheckCircleOutlined,
  warning: WarningOutlined,
  error: CloseCircleOutlined,
} satisfies Record<NoteTone, unknown>;

interface NoteProps {
  tone?: NoteTone;
  icon?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Note({ tone = 'neutral', icon, actions, children }: NoteProps) {
  const Icon = icons[tone];
  return (
    <div className={styles.note} data-tone={tone} role={tone === 'error' ? 'alert' : undefined}>
      {icon ?? <Icon aria-hidden />}
      <div className="k-grow">{children}</div>
      {actions && <div className={styles.noteActions}>{actions}</div>}
    </div>
  );
}
