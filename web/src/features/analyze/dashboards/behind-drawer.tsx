/** Who stands behind a figure: a page of customers of the reader's scope, each with the way to his profile. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CatalogOut } from '@/api/generated/types.gen';
import { PeopleDrawer } from '@/components/customer/people-drawer';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
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
  const words = useWords(figure, question);
  return (
    <PeopleDrawer
      title={card ? inLanguage(card.title, format.language) : ''}
      text={[words, t('behindText')].filter(Boolean).join('　')}
      query={query}
      pages={pages}
      onClose={onClose}
    />
  );
}
