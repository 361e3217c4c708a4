/** 规则: whom the segment describes, in words; every version with who and when; and the moments that were given a name. */
import { EditOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SegmentDetails } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { usePurposeName } from '../saved';
import styles from '../segments.module.css';
import { SnapshotsCard } from './snapshots-card';

function RuleCard({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  const navigate = useNavigate();
  const canManage = useCan()('segment.manage') && !segment.is_archived;
  const purpose = usePurposeName()(segment.purpose);
  const edit = () =>
    void navigate({ to: '/analyze/segments/$segmentId/edit', params: { segmentId: segment.id } });
  return (
    <Card
      title={t('rules.title')}
      extra={
        canManage && (
          <Button size="small" icon={<EditOutlined />} onClick={edit}>
            {t('edit')}
          </Button>
        )
      }
    >
      <p className={styles.rule}>{segment.words ? inLanguage(segment.words, language) : t('hiddenRule')}</p>
      <p className="k-caption">{t('rules.purpose', { purpose })}</p>
    </Card>
  );
}

function VersionsCard({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  return (
    <Card title={t('versions.title')} isPadded={false}>
      <SmallTable label={t('versions.title')} rowHeight={44}>
        <thead>
          <tr>
            <th>{t('versions.number')}</th>
            <th>{t('rules.title')}</th>
            <th>{t('versions.author')}</th>
            <th>{t('versions.saved')}</th>
          </tr>
        </thead>
        <tbody>
          {segment.versions.map((one) => (
            <tr key={one.number}>
              <td className="k-nowrap">
                {t('versionNumber', { number: one.number })}{' '}
                {one.number === segment.version && <Tag tone="primary">{t('versions.current')}</Tag>}
              </td>
              <td className={styles.versionRule}>
                {one.words ? inLanguage(one.words, format.language) : t('hiddenRule')}
              </td>
              <td className="k-nowrap">{one.author || '—'}</td>
              <td className="k-nowrap">{format.dateTime(one.saved_at)}</td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Card>
  );
}

export function RulesTab({ segment }: { segment: SegmentDetails }) {
  return (
    <>
      <RuleCard segment={segment} />
      <VersionsCard segment={segment} />
      <SnapshotsCard segment={segment} />
    </>
  );
}
