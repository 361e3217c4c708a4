/**
 * One field of a customer: label, value, at most one mark, and the source it came from.
 * Quiet until there is something to know; the story opens on hover of 300 ms, on click, or with Enter on the source.
 */
import { CheckCircleFilled, ClockCircleOutlined, PushpinFilled } from '@ant-design/icons';
import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './customer.module.css';

/** The strongest that holds, in this order: a person's choice, a conflict, old age, a check. */
export type FieldMark = 'pinned' | 'conflict' | 'stale' | 'verified';

interface ProvenanceFieldProps {
  label: string;
  /** Text, or a `MaskedValue`. */
  value: ReactNode;
  /** Short name of the source; absent where nothing is known. */
  source?: string | undefined;
  mark?: FieldMark | undefined;
  /** A `ProvenanceStory`; drawn when it is opened, so that it may fetch by itself. An action that leads away closes it. */
  story?: (close: () => void) => ReactNode;
}

const icons = {
  pinned: PushpinFilled,
  stale: ClockCircleOutlined,
  verified: CheckCircleFilled,
} as const;

export function FieldMarkIcon({ mark }: { mark: FieldMark }) {
  const { t } = useTranslation();
  if (mark === 'conflict') return <span className="k-unseen">{t('provenance.conflict')}</span>;
  const Icon = icons[mark];
  return (
    <span className={styles.mark} data-mark={mark} title={t(`provenance.${mark}`)}>
      <Icon aria-label={t(`provenance.${mark}`)} />
    </span>
  );
}

export function ProvenanceField({ label, value, source, mark, story }: ProvenanceFieldProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const name = [t('provenance.from', { label, source }), mark && t(`provenance.${mark}`)].filter(Boolean);
  const badge = (
    <button type="button" className={styles.source} aria-label={name.join(t('comma'))} aria-expanded={isOpen}>
      {source}
    </button>
  );
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value} data-conflict={mark === 'conflict'}>
        {value}
      </span>
      {mark && <FieldMarkIcon mark={mark} />}
      {source && story && (
        <Popover
          content={() => story(() => setOpen(false))}
          trigger={['hover', 'click']}
          mouseEnterDelay={0.3}
          placement="bottom"
          arrow={false}
          open={isOpen}
          onOpenChange={setOpen}
          destroyOnHidden
        >
          {badge}
        </Popover>
      )}
      {source && !story && <span className={styles.source}>{source}</span>}
    </div>
  );
}

/** What the marks mean; goes into the foot of the card. */
export function FieldMarkLegend() {
  const { t } = useTranslation();
  return (
    <>
      <span className="k-row" style={{ gap: 4 }}>
        <CheckCircleFilled className={styles.mark} data-mark="verified" aria-hidden />
        {t('provenance.verified')}
      </span>
      <span className={styles.value} data-conflict="true">
        {t('provenance.conflict')}
      </span>
      <span className="k-row" style={{ gap: 4 }}>
        <ClockCircleOutlined className={styles.mark} data-mark="stale" aria-hidden />
        {t('provenance.stale')}
      </span>
      <span className="k-row" style={{ gap: 4 }}>
        <PushpinFilled className={styles.mark} data-mark="pinned" aria-hidden />
        {t('provenance.pinned')}
      </span>
    </>
  );
}
