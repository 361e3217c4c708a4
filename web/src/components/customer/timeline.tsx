/** What happened, newest first: who or what, when, and one sentence. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatZone } from '@/lib/format/dates';
import { useFormat } from '@/lib/format/use-format';
import type { Tone } from '../marks/tone';
import styles from './customer.module.css';

export interface TimelineEntry {
  id: string;
  icon: ReactNode;
  tone?: Tone;
  /** 交易, 互动, 识别 … */
  kind: string;
  /** Beside the kind: a number, a tail, a channel. */
  note?: ReactNode;
  at: string;
  text: ReactNode;
  /** For what has legal weight: to the second, never relative. */
  isLegal?: boolean;
}

interface TimelineProps {
  entries: readonly TimelineEntry[];
  onMore?: (() => void) | undefined;
  isLoadingMore?: boolean;
}

export function Timeline({ entries, onMore, isLoadingMore = false }: TimelineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = ({ at, isLegal }: TimelineEntry) => {
    if (isLegal) return format.legalTime(at);
    const near = format.near(at);
    return near.length === 10 ? formatDateTime(at) : near;
  };
  return (
    <>
      <ol className={styles.timeline}>
        {entries.map((entry) => (
          <li key={entry.id} className={styles.entry}>
            <span className={styles.entryDisc} data-tone={entry.tone ?? 'neutral'} aria-hidden>
              {entry.icon}
            </span>
            <div className="k-grow">
              <div className={styles.entryHead}>
                <b>{entry.kind}</b>
                {entry.note && <span className="k-ellipsis">{entry.note}</span>}
                <time dateTime={entry.at} title={`${format.legalTime(entry.at)} ${formatZone(entry.at)}`}>
                  {shown(entry)}
                </time>
              </div>
              <div className="k-small">{entry.text}</div>
            </div>
          </li>
        ))}
      </ol>
      {onMore && (
        <Button size="small" loading={isLoadingMore} onClick={onMore}>
          {t('older')}
        </Button>
      )}
    </>
  );
}
