/** A few of those whom a definition describes, drawn at random from the reader's scope. */
import { ReloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeopleList } from '@/components/customer/people-list';
import styles from './preview.module.css';
import { sampleQuery } from './steps';

export function Sample({ purpose, definition }: { purpose: string; definition: Record<string, unknown> }) {
  const { t } = useTranslation('segments');
  const [seed, setSeed] = useState(1);
  const { data = [], isFetching } = useQuery({
    ...sampleQuery(purpose, definition, seed),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={styles.part} aria-label={t('preview.sample')} aria-busy={isFetching}>
      <div className={styles.head}>
        <h2>{t('preview.sample')}</h2>
        <Button type="link" size="small" icon={<ReloadOutlined />} onClick={() => setSeed(seed + 1)}>
          {t('preview.again')}
        </Button>
      </div>
      <p className="k-caption">{t('preview.drawn')}</p>
      <PeopleList people={data.map((one) => ({ id: one.customer_id, name: one.name, note: one.unit }))} />
    </section>
  );
}
