/** Who is in a tier, or moved into it: customers of the reader's scope, each with the way to his profile. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ModelOut, TierOut } from '@/api/generated/types.gen';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Avatar } from '@/components/marks/avatar';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { behindQuery, type Days, type TierFigure } from './queries';
import styles from './rfm.module.css';

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
  const next = query.data?.next_cursor;
  const title =
    figure.before === undefined
      ? nameOf(figure.tier)
      : t('moved', { before: nameOf(figure.before), after: nameOf(figure.tier) });
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={title}
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
      <p className="k-caption">
        {figure.before !== undefined && days.first && t('between', { ...days })}
        {t('behindText')}
      </p>
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
