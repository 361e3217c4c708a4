/** Why, condition by condition: each with a sign and a word, and of events how often and when last. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { SegmentReasonOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './segment.module.css';

type Reason = SegmentReasonOut;
const GROUPS = ['all', 'any', 'not'] as const;

/** A group of one says nothing that its part does not say. */
function plain(reason: Reason): Reason {
  const [only] = reason.parts;
  const isOne = reason.parts.length === 1 && (reason.kind === 'all' || reason.kind === 'any');
  return isOne && only ? plain(only) : reason;
}

function useText(reason: Reason): string {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  const group = GROUPS.find((kind) => kind === reason.kind);
  if (reason.parts.length === 0 || !group) return inLanguage(reason.text, language);
  return t(`why.groups.${group}`);
}

function Found({ reason }: { reason: Reason }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  if (reason.times === null) return null;
  return (
    <span className="k-caption">
      {reason.times === 0
        ? t('why.never')
        : t('why.found', {
            count: reason.times,
            number: format.count(reason.times),
            at: format.dateTime(reason.last_at),
          })}
    </span>
  );
}

function Line({ reason }: { reason: Reason }) {
  const { t } = useTranslation('segments');
  const shown = plain(reason);
  const text = useText(shown);
  const parts = shown.kind === 'not' ? shown.parts.flatMap((part) => unwrapped(part)) : shown.parts;
  return (
    <li className={styles.reason} data-holds={shown.holds}>
      <div className={styles.line}>
        <span className={styles.sign}>{shown.holds ? <CheckOutlined /> : <CloseOutlined />}</span>
        <span className="k-grow">
          <span className={parts.length > 0 ? 'k-strong' : undefined}>{text}</span>
          <Found reason={shown} />
        </span>
        <span className={styles.word}>{t(shown.holds ? 'why.holds' : 'why.fails')}</span>
      </div>
      {parts.length > 0 && <Reasons reasons={parts} />}
    </li>
  );
}

/** What must not hold is listed by itself: whichever of it holds is the reason for being out. */
function unwrapped(reason: Reason): readonly Reason[] {
  return reason.kind === 'any' ? reason.parts : [reason];
}

function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  return (
    <ul className={styles.reasons}>
      {reasons.map((part) => (
        <Line key={JSON.stringify(part.text) + part.kind} reason={part} />
      ))}
    </ul>
  );
}

export function ReasonTree({ reason }: { reason: Reason }) {
  const shown = plain(reason);
  return <Reasons reasons={shown.kind === 'all' && shown.parts.length > 0 ? shown.parts : [shown]} />;
}
