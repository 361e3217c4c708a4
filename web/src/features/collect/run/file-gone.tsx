/** An import that waited so long for somebody that its file is no longer kept: only a new upload goes on. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Page, PageBody } from '@/components/layout/page';
import { EmptyState } from '@/components/states/empty-state';
import { ImportHeader } from '../imports/import-header';

export function FileGone({ job, onNewFile }: { job: ImportOut; onNewFile: () => void }) {
  const { t } = useTranslation('collect');
  const again = (
    <Button type="primary" onClick={onNewFile}>
      {t('importing.otherFile')}
    </Button>
  );
  return (
    <Page>
      <ImportHeader step="mapping" job={job} subtitle={t('gone.subtitle')} />
      <PageBody>
        <EmptyState title={t('gone.title')} text={t('gone.text')} action={again} />
      </PageBody>
    </Page>
  );
}
