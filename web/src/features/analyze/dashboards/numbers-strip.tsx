/** The cards of one number, in one row: the number, its interval, and its change against the period compared with. */
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CardAnswer, CardOut } from '@/api/generated/types.gen';
import { type Figure, Figures } from '@/components/layout/figures';
import { type Format, useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { change, isSame, margin, needsLook, written } from './figures';
import { cardQuery, type FigureAt, type Question } from './queries';

interface NumbersStripProps {
  cards: readonly CardOut[];
  question: Question;
  onOpen: (figure: FigureAt) => void;
}

function useBasis(format: Format) {
  const { t } = useTranslation('dashboards');
  return (card: CardOut, answer: CardAnswer): { basis: string; isNoteworthy: boolean } => {
    const now = answer.points[0];
    const then = answer.before[0];
    const measure = Object.values(answer.measures)[0];
    if (!now) return { basis: t('nothing'), isNoteworthy: false };
    const basedOn = measure === 'mean' || measure === 'score' ? t('basedOn', { count: now.times }) : '';
    if (!then || !answer.compared)
      return { basis: basedOn || inLanguage(card.about, format.language), isNoteworthy: false };
    if (isSame(now, then))
      return { basis: [t('same'), basedOn].filter(Boolean).join(' · '), isNoteworthy: false };
    const words = [
      change(now, then, measure, format),
      t('than', { value: written(then.value, measure, format) }),
      basedOn,
    ];
    return { basis: words.filter(Boolean).join(' · '), isNoteworthy: needsLook(card.key, now, then) };
  };
}

export function NumbersStrip({ cards, question, onOpen }: NumbersStripProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const basisOf = useBasis(format);
  const answers = useQueries({ queries: cards.map((card) => cardQuery(card.key, question)) });
  const figures = cards.map((card, at): Figure => {
    const query = answers[at];
    const answer = query?.data;
    const label = inLanguage(card.title, format.language);
    if (!answer) return { key: card.key, label, value: query?.isError ? t('failed') : '…' };
    const measure = Object.values(answer.measures)[0];
    const point = answer.points[0];
    const half = margin(point);
    return {
      key: card.key,
      label,
      value: point ? written(point.value, measure, format) : '—',
      ...(half === undefined ? {} : { unit: `± ${written(half, measure, format)}` }),
      ...basisOf(card, answer),
      ...(point && card.has_customers
        ? { onOpen: () => onOpen({ card: card.key, x: point.x, series: point.series }) }
        : {}),
    };
  });
  return <Figures figures={figures} />;
}
