/**
 * The header cell of the one data grid: label, unit, sort, and a hint where the column needs one.
 * The unit stands here and never in the cells, so that numbers align and can be copied.
 */
import { ArrowDownOutlined, ArrowUpOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './grid.module.css';

export type SortOrder = 'ascending' | 'descending' | 'none';

interface DataGridHeaderProps {
  label: string;
  unit?: string | undefined;
  hint?: string | undefined;
  align?: 'start' | 'end';
  /** Left out where the server cannot sort by this column: then the label is no button. */
  sort?: SortOrder | undefined;
  onSort?: ((next: SortOrder) => void) | undefined;
}

const NEXT: Record<SortOrder, SortOrder> = {
  none: 'descending',
  descending: 'ascending',
  ascending: 'none',
};

export function DataGridHeader({ label, unit, hint, align = 'start', sort, onSort }: DataGridHeaderProps) {
  const { t } = useTranslation();
  const text = unit ? t('grid.withUnit', { label, unit }) : label;
  const Arrow = sort === 'ascending' ? ArrowUpOutlined : ArrowDownOutlined;
  return (
    <div className={styles.head} data-align={align}>
      {sort && onSort ? (
        <button
          type="button"
          className={styles.sort}
          data-sorted={sort !== 'none'}
          title={t(`grid.sort.${NEXT[sort]}`)}
          onClick={() => onSort(NEXT[sort])}
        >
          {text}
          <Arrow aria-hidden />
        </button>
      ) : (
        text
      )}
      {hint && (
        <Tooltip title={hint}>
          <InfoCircleOutlined tabIndex={0} aria-label={hint} />
        </Tooltip>
      )}
    </div>
  );
}
