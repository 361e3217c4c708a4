/** Where a value came from: its class, the rule in a sentence, and every candidate with its reason. */
import { CheckOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../marks/tag';
import styles from './customer.module.css';
import type { FieldMark } from './provenance-field';

export interface Candidate {
  id: string;
  /** Masked already by the server where the reader's rights say so. */
  value: ReactNode;
  /** Source, date, trust: one line, ready to read. */
  detail: string;
  /** 采用, 未采用, 与采用值相同. */
  verdict: string;
  isChosen: boolean;
}

interface ProvenanceStoryProps {
  label: string;
  value: ReactNode;
  mark?: FieldMark | undefined;
  /** C1, C2, with its word. */
  classLabel?: string;
  /** The survivorship rule in a sentence. */
  rule: ReactNode;
  candidates: readonly Candidate[];
  /** Text buttons: pin another value, history, report. */
  actions?: ReactNode;
}

const tones = { pinned: 'gold', conflict: 'warning', stale: 'warning', verified: 'success' } as const;

export function ProvenanceStory(props: ProvenanceStoryProps) {
  const { label, value, mark, classLabel, rule, candidates, actions } = props;
  const { t } = useTranslation();
  return (
    <div className={styles.story} role="dialog" aria-label={label}>
      <div className={styles.storyHead}>
        <div className="k-row">
          <b>{label}</b>
          {mark && <Tag tone={tones[mark]}>{t(`provenance.${mark}`)}</Tag>}
          <span className="k-grow" />
          {classLabel && <span className="k-caption">{classLabel}</span>}
        </div>
        <div className="k-small" style={{ marginTop: 6 }}>
          {value}
        </div>
        <div className="k-caption">{rule}</div>
      </div>
      <ul>
        {candidates.map((candidate) => (
          <li key={candidate.id} className={styles.candidate} data-chosen={candidate.isChosen}>
            <span className={styles.verdict}>{candidate.isChosen && <CheckOutlined aria-hidden />}</span>
            <span>
              {candidate.value}
              <span className={styles.detail}>{candidate.detail}</span>
            </span>
            <span className={styles.verdict}>{candidate.verdict}</span>
          </li>
        ))}
      </ul>
      {actions && <div className={styles.storyFoot}>{actions}</div>}
    </div>
  );
}
