/** The interviews as a CSV, for a purpose that is named. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportInterviews } from '@/api/generated/sdk.gen';
import type { GuideOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { giveFile } from '@/lib/http/give-file';
import { PurposeSelect } from '../surveys/files/purpose-select';

export function ExportDrawer({ guide, onClose }: { guide: GuideOut; onClose: () => void }) {
  const { t } = useTranslation(['interviews', 'common']);
  const format = useFormat();
  const [purpose, setPurpose] = useState<string | null>(null);
  const give = useMutation({
    mutationFn: async (key: string) => {
      const { data, response } = await exportInterviews({
        path: { guide_id: guide.id },
        query: { purpose: key },
        parseAs: 'blob',
        throwOnError: true,
      });
      giveFile(data as Blob, `${guide.name}.csv`);
      return Number(response.headers.get('X-Kehu-Rows'));
    },
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t('common:close')}</Button>
      <Button
        type="primary"
        disabled={!purpose}
        loading={give.isPending}
        onClick={() => purpose && give.mutate(purpose)}
      >
        {t('files.give')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('files.export')} foot={foot}>
      <div className="k-stack">
        <PurposeSelect value={purpose} onChange={setPurpose} />
        <p className="k-caption">{t('files.text')}</p>
        {give.data !== undefined && (
          <Note tone="success">{t('files.given', { number: format.count(give.data) })}</Note>
        )}
        <ProblemNote problem={give.error} />
      </div>
    </SideDrawer>
  );
}
