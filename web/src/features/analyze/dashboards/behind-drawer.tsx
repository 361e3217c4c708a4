/** Who stands behind a figure: a page of customers of the reader's scope, each with the way to his profile. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CatalogOut } from '@/api/generated/types.gen';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Avatar } from '@/components/marks/avatar';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import styles from './dashboards.module.css';
import { stepName } from './figures';
import { behindQuery, cardQuery, type FigureAt, type Question } from './queries';

const PAGE = 50;

interface BehindProps {
  figure: FigureAt;
  question: Question;
  catalog: CatalogOut;
  onClose: () => void;
}

/** What was clicked, in words. */
function useWords(figure: FigureAt, question: Question): string {
  const format = useFormat();
  const { data } = useQuery(cardQuery(figure.card, question));
  const mark = data?.axis.find((one) => one.key === figure.x);
  const series = data?.series.find((one) => one.key === figure.series);
  const words = [mark, series].flatMap((one) => (one ? [inLanguage(one.label, format.language)] : []));
  if (data?.over === 'time' && words[0]) words[0] = stepName(words[0], question.span);
  return words.filter(Boolean).join(' · ');
}

export function BehindDrawer({ figure, question, catalog, onClose }: BehindProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const pages = useCursorPages(JSON.stringify([figure, question]), PAGE);
  const query = useQuery(behindQuery(figure, question, pages.cursor));
  const card = catalog.cards.find((one) => one.key === figure.card);
  const next = query.data?.next_cursor;
  const words = useWords(figure, question);
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={card ? inLanguage(card.title, format.language) : ''}
      foot={
        (pages.hasPrevious || next) && (
          <>
            <Button disabled={!pages.hasPrevious} onClick={pages.goPrevious}>
              {t('earlier')}
            </Button>
            <Button disabled={!next} onClick={() => next && pages.goNext(next)}>
              {t('later')}
            </Button>
          </>
        )
      }
    >
      <p className="k-caption">{[words, t('behindText')].filter(Boolean).join('　')}</p>
      <QueryView query={query}>
        {({ items }) => (
          <ul className={styles.people}>
            {items.map((one) => (
              <li key={one.customer_id}>
                <Avatar name={one.name} hueKey={one.customer_id} size={26} />
                <Link
                  to="/customers/$id"
                  params={{ id: one.customer_id }}
                  className="k-grow k-small k-ellipsis"
                >
                  {one.name || t('nameless')}
                </Link>
                <span className="k-caption">{one.unit}</span>
              </li>
            ))}
            {items.length === 0 && <li className="k-caption">{t('nobody')}</li>}
          </ul>
        )}
      </QueryView>
    </SideDrawer>
  );
}
