/** Who is in a tier, or moved into it: customers of the reader's scope, each with the way to his profile. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelOut, TierOut } from '@/api/generated/types.gen';
import { PeopleDrawer } from '@/components/customer/people-drawer';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { behindQuery, type Days, type TierFigure } from './queries';

interface BehindProps {
  model: ModelOut;
  figure: TierFigure;
  days: Days;
  onClose: () => void;
}

const PAGE = 50;

export function BehindDrawer({ model, figure, days, onClose }: BehindProps) {
  const { t } = useTranslation('rfm');
  const { language } = useFormat();
  const pages = useCursorPages(JSON.stringify([model.key, figure, days]), PAGE);
  const query = useQuery(behindQuery(model.key, figure, days, pages.cursor));
  const tiers = (model.definition as { tiers: TierOut[] }).tiers;
  const nameOf = (key: string) => {
    const tier = tiers.find((one) => one.key === key);
    return tier ? inLanguage(tier.name, language) : t('none');
  };
  const title =
    figure.before === undefined
      ? nameOf(figure.tier)
      : t('moved', { before: nameOf(figure.before), after: nameOf(figure.tier) });
  return (
    <PeopleDrawer
      title={title}
      text={
        <>
          {figure.before !== undefined && days.first && t('between', { ...days })}
          {t('behindText')}
        </>
      }
      query={query}
      pages={pages}
      onClose={onClose}
    />
  );
}
