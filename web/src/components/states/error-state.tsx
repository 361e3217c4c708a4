/** What did not work, what it touches, and what to do; code and number small at the foot, to copy. */
import { CopyOutlined, DisconnectOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/lib/http/problem';
import styles from './states.module.css';

interface ErrorStateProps {
  problem: unknown;
  /** What did not work, in the words of this page; without it the server's title stands. */
  title?: string;
  /** What the person may do instead, such as older data. */
  children?: ReactNode;
  onRetry?: () => void;
  actions?: ReactNode;
}

function ProblemFoot({ code, id }: { code: string; id: string | undefined }) {
  const { t } = useTranslation();
  const copy = () => void navigator.clipboard.writeText(id ? `${code} ${id}` : code);
  return (
    <div className={styles.errorFoot}>
      <span>
        {t('problem.code')} <span className="k-mono">{code}</span>
      </span>
      {id && (
        <span>
          {t('problem.id')} <span className="k-mono">{id}</span>
        </span>
      )}
      <Tooltip title={t('copy')}>
        <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('copy')} onClick={copy} />
      </Tooltip>
    </div>
  );
}

export function ErrorState({ problem, title, children, onRetry, actions }: ErrorStateProps) {
  const { t } = useTranslation();
  const known = problem instanceof ApiProblem ? problem : null;
  const headline = title ?? known?.title ?? t('problem.unknown');
  const detail = known && (known.detail ?? (title ? known.title : undefined));
  return (
    <div className={styles.error} role="alert">
      <div className={styles.errorHead}>
        <span className={styles.disc}>
          <DisconnectOutlined aria-hidden />
        </span>
        <div>
          <div className={styles.title}>{headline}</div>
          <div className={styles.text}>{detail ?? t('problem.unknownDetail')}</div>
        </div>
      </div>
      {children}
      <div className={styles.errorActions}>
        {onRetry && (
          <Button type="primary" icon={<ReloadOutlined />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
        {actions}
      </div>
      <ProblemFoot code={known?.code ?? 'app.unknown'} id={known?.id} />
    </div>
  );
}
