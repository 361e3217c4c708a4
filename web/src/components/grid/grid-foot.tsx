/** How many there are, an estimate at once and then exact; and the pages, forward and back. */
import { LeftOutlined, LoadingOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Trans, useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import styles from './grid.module.css';

export interface GridCount {
  value: number;
  /** False while the server is still counting. */
  isExact: boolean;
}

export interface GridPages {
  /** The place of the first row, from 1. */
  from: number;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}

interface GridFootProps {
  /** People are counted in 位, all else in 条. */
  counts: 'people' | 'items';
  count: GridCount | undefined;
  pages: GridPages | undefined;
  shown: number;
}

function CountSentence({ count, counts }: { count: GridCount; counts: 'people' | 'items' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = count.isExact ? format.count(count.value) : format.estimate(count.value);
  const key = count.isExact ? 'exact' : 'estimate';
  return (
    <>
      <span>
        <Trans t={t} i18nKey={`grid.${counts}.${key}`} values={{ number }} components={{ b: <b /> }} />
      </span>
      {!count.isExact && (
        <span className="k-caption k-row" style={{ gap: 6 }}>
          <LoadingOutlined aria-hidden />
          {t('grid.counting')}
        </span>
      )}
    </>
  );
}

export function GridFoot({ counts, count, pages, shown }: GridFootProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.foot}>
      <span className="k-row" aria-live="polite">
        {count && <CountSentence count={count} counts={counts} />}
      </span>
      {pages && shown > 0 && (
        <nav className={styles.footPages} aria-label={t('grid.pages')}>
          <span>
            {t(`grid.${counts}.range`, {
              from: format.count(pages.from),
              to: format.count(pages.from + shown - 1),
            })}
          </span>
          <Button
            size="small"
            icon={<LeftOutlined />}
            aria-label={t('grid.previousPage')}
            disabled={!pages.onPrevious}
            onClick={pages.onPrevious}
          />
          <Button
            size="small"
            icon={<RightOutlined />}
            aria-label={t('grid.nextPage')}
            disabled={!pages.onNext}
            onClick={pages.onNext}
          />
        </nav>
      )}
    </div>
  );
}
