/** Who is in a stage, or moved into it: customers of the reader's scope, each with the way to his profile. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelOut, StageName } from '@/api/generated/types.gen';
import { PeopleDrawer } from '@/components/customer/people-drawer';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { behindQuery, type Days, type StageFigure } from './queries';

interface BehindProps {
  model: ModelOut;
  figure: StageFigure;
  days: Days;
  onClose: () => void;
}

const PAGE = 50;

export function BehindDrawer({ model, figure, days, onClose }: BehindProps) {
  const { t } = useTranslation('lifecycle');
  const { language } = useFormat();
  const pages = useCursorPages(JSON.stringify([model.key, figure, days]), PAGE);
  const query = useQuery(behindQuery(model.key, figure, days, pages.cursor));
  const { stages } = model.definition as { stages: StageName[] };
  const nameOf = (key: string) => {
    const stage = stages.find((one) => one.key === key);
    return stage ? inLanguage(stage.name, language) : t('none');
  };
  const title =
    figure.before === undefined
      ? nameOf(figure.stage)
      : t('moved', { before: nameOf(figure.before), after: nameOf(figure.stage) });
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
