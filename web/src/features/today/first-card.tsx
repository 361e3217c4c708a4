/** 建议先看: open work that waits for this reader. Without any there is no card. */
import { MergeCellsOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listReviews } from '@/api/generated/sdk.gen';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import styles from './today.module.css';

/** The same question as the rail's, so that it is asked once. */
export function useOpenReviews(isAllowed: boolean): number {
  const { data } = useQuery({
    queryKey: ['reviews', 'count'],
    queryFn: async () => (await listReviews({ query: { limit: 1 }, throwOnError: true })).data.open_count,
    enabled: isAllowed,
    retry: false,
  });
  return data ?? 0;
}

export function FirstCard({ reviews }: { reviews: number }) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Card title={t('first.title')} isPadded={false}>
      <ul className={styles.rows}>
        <li className={styles.first}>
          <span className={styles.tile}>
            <MergeCellsOutlined aria-hidden />
          </span>
          <span className="k-grow">
            <b>{t('first.reviews', { count: reviews, number: format.count(reviews) })}</b>
            <span className={styles.about}>
              <b>{t('first.reviewsArea')}</b>
              {t('first.reviewsText')}
            </span>
          </span>
          <Button onClick={() => void navigate({ to: '/resolve/review', search: {} })}>
            {t('first.reviewsGo')}
          </Button>
        </li>
      </ul>
    </Card>
  );
}
