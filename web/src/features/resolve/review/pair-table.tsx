/** Both sides, field by field; each row says in sign and word whether they agree. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReviewOut, ShownOut, Side } from '@/api/generated/types.gen';
import { Avatar } from '@/components/marks/avatar';
import { useFormat } from '@/lib/format/use-format';
import { apart, type ComparedField, compare, type Verdict } from './compare';
import { fieldsQuery } from './queries';
import styles from './review.module.css';

const SIGNS = {
  same: <CheckOutlined aria-hidden />,
  different: <CloseOutlined aria-hidden />,
  swapped: <span aria-hidden>≈</span>,
  one: <span aria-hidden>—</span>,
} satisfies Record<Verdict, unknown>;

interface ValueProps {
  own: ShownOut | undefined;
  other: ShownOut | undefined;
  verdict: Verdict;
  isMoney: boolean;
}

function Value({ own, other, verdict, isMoney }: ValueProps) {
  const { t } = useTranslation('resolve');
  const format = useFormat();
  if (!own) return <span className="k-caption">{t('review.empty')}</span>;
  if (isMoney && !own.is_masked) return format.amountExact(own.display);
  const differs = verdict === 'different' || verdict === 'swapped';
  if (!differs || !other || own.is_masked || other.is_masked) return own.display;
  const range = apart(own.display, other.display);
  if (!range) return own.display;
  const chars = [...own.display];
  const [from, to] = range;
  return (
    <>
      {chars.slice(0, from).join('')}
      {to > from && <span className={styles.apart}>{chars.slice(from, to).join('')}</span>}
      {chars.slice(to).join('')}
    </>
  );
}

interface RowProps {
  field: ComparedField;
  label: string;
  isMoney: boolean;
}

function Row({ field, label, isMoney }: RowProps) {
  const { t } = useTranslation('resolve');
  const { left, right, verdict } = field;
  const isHidden = verdict === 'different' && left?.is_masked && left.display === right?.display;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Value own={left} other={right} verdict={verdict} isMoney={isMoney} />
      </td>
      <td>
        <Value own={right} other={left} verdict={verdict} isMoney={isMoney} />
      </td>
      <td>
        <span className={styles.verdict} data-verdict={verdict}>
          {SIGNS[verdict]}
          <span>{t(isHidden ? 'review.verdicts.differentMasked' : `review.verdicts.${verdict}`)}</span>
        </span>
      </td>
    </tr>
  );
}

function Person({ side }: { side: Side }) {
  const { t } = useTranslation('resolve');
  return (
    <th scope="col">
      <div className={styles.person}>
        <Avatar name={side.name} hueKey={side.id} size={34} />
        <div>
          <b>
            <Link to="/customers/$id" params={{ id: side.id }}>
              {side.name}
            </Link>
          </b>
          <span className="k-caption">{t('review.records', { count: side.record_count })}</span>
        </div>
      </div>
    </th>
  );
}

export function PairTable({ pair }: { pair: ReviewOut }) {
  const { t } = useTranslation('resolve');
  const { language } = useFormat();
  const fields = useQuery(fieldsQuery).data ?? [];
  const get = (key: string) => fields.find((field) => field.key === key);
  const labelOf = (key: string) => {
    const found = get(key);
    return found ? found.label[language === 'en' ? 'en' : 'zh'] : key;
  };
  const rows = compare(
    pair,
    fields.map((field) => field.key),
  );
  return (
    <table className={styles.compare} aria-label={t('review.compared')}>
      <colgroup>
        <col style={{ width: 104 }} />
        <col />
        <col />
        <col style={{ width: 148 }} />
      </colgroup>
      <thead>
        <tr>
          <td />
          <Person side={pair.left} />
          <Person side={pair.right} />
          <th scope="col">{t('review.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((field) => (
          <Row
            key={field.key}
            field={field}
            label={labelOf(field.key)}
            isMoney={get(field.key)?.standard === 'money'}
          />
        ))}
      </tbody>
    </table>
  );
}
