/** Before members leave as a file: what goes out, for what, and who is left out; the reason goes into the audit. */
import { Trans, useTranslation } from 'react-i18next';
import { exportSegment } from '@/api/generated/sdk.gen';
import type { SegmentDetails } from '@/api/generated/types.gen';
import { ReasonDialog } from '@/components/dialogs/reason-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { useFormat } from '@/lib/format/use-format';
import { giveFile } from '@/lib/http/give-file';
import { usePurposeName } from '../saved';
import styles from '../segments.module.css';

interface ExportDialogProps {
  segment: SegmentDetails;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ segment, isOpen, onClose }: ExportDialogProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const notify = useNotify();
  const purpose = usePurposeName()(segment.purpose);
  const number = format.count(segment.count ?? 0);
  const take = async (reason: string) => {
    const asked = { path: { segment_id: segment.id }, body: { reason } };
    const { data, response } = await exportSegment({ ...asked, parseAs: 'blob', throwOnError: true });
    giveFile(data as Blob, `${segment.name} ${format.date(new Date())}.zip`);
    const rows = Number(response.headers.get('Kehu-Rows') ?? 0);
    notify.done(t('export.done', { count: rows, number: format.count(rows) }));
  };
  return (
    <ReasonDialog
      isOpen={isOpen}
      title={t('export.title', { count: segment.count ?? 0, number, name: segment.name })}
      confirmLabel={t('export.confirm', { count: segment.count ?? 0, number })}
      onConfirm={take}
      onClose={onClose}
    >
      <p>
        <Trans t={t} i18nKey="export.purpose" values={{ purpose }} components={{ b: <b /> }} />
      </p>
      <ul className={styles.outgoing}>
        <li>{t('export.file')}</li>
        <li>{t('export.columns')}</li>
        <li>{t('export.withdrawn')}</li>
      </ul>
    </ReasonDialog>
  );
}
