/** 建议先看: what waits for this reader, the most pressing first. */
import {
  AuditOutlined,
  CheckSquareOutlined,
  FallOutlined,
  FrownOutlined,
  ImportOutlined,
  MergeCellsOutlined,
  RiseOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/layout/card';
import { useFormat } from '@/lib/format/use-format';
import type { Matter, MatterKey } from './matters';
import styles from './today.module.css';

const icons: Record<MatterKey, ComponentType> = {
  late: CheckSquareOutlined,
  due: CheckSquareOutlined,
  approval: AuditOutlined,
  failed: ImportOutlined,
  unhappy: FrownOutlined,
  reviews: MergeCellsOutlined,
  unclaimed: TeamOutlined,
  others: TeamOutlined,
  grown: RiseOutlined,
  shrunk: FallOutlined,
};

function MatterRow({ matter, isMain }: { matter: Matter; isMain: boolean }) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const router = useRouter();
  const Icon = icons[matter.key];
  const words = { count: matter.count, number: format.count(matter.count), name: matter.name ?? '' };
  return (
    <li className={styles.first}>
      <span className={styles.tile} data-tone={matter.isPressing ? 'warning' : 'primary'}>
        <Icon />
      </span>
      <span className="k-grow">
        <b>{t(`first.${matter.key}.title`, words)}</b>
        <span className={styles.about}>
          <b>{t(`first.${matter.key}.area`)}</b>
          {t(`first.${matter.key}.text`)}
        </span>
      </span>
      <Button
        type={isMain ? 'primary' : 'default'}
        className={styles.go}
        onClick={() => router.history.push(matter.to)}
      >
        {t(`first.${matter.key}.go`)}
      </Button>
    </li>
  );
}

export function FirstCard({ matters }: { matters: readonly Matter[] }) {
  const { t } = useTranslation('today');
  return (
    <Card title={t('first.title')} extra={matters.length > 0 ? t('first.order') : ''} isPadded={false}>
      {matters.length === 0 ? (
        <p className={styles.calm}>{t('first.nothing')}</p>
      ) : (
        <ul className={styles.rows}>
          {matters.map((matter, at) => (
            <MatterRow key={`${matter.key}${matter.id}`} matter={matter} isMain={at === 0} />
          ))}
        </ul>
      )}
    </Card>
  );
}
