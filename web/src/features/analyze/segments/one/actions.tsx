/** What may be done with a segment: use it for a campaign, take its members along, put it away and take it back. */
import { EllipsisOutlined, ExportOutlined, SendOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateSegment } from '@/api/generated/sdk.gen';
import type { SegmentDetails } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { useCan } from '@/lib/session/me';
import { SEGMENTS } from '../saved';
import { ExportDialog } from './export-dialog';

function useArchive(segment: SegmentDetails) {
  const { t } = useTranslation('segments');
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (is_archived: boolean) => {
      await updateSegment({ path: { segment_id: segment.id }, body: { is_archived }, throwOnError: true });
      return is_archived;
    },
    onSuccess: async (isArchived) => {
      await client.invalidateQueries({ queryKey: SEGMENTS });
      notify.done(t(isArchived ? 'archive.done' : 'archive.undone', { name: segment.name }));
    },
  });
}

function MoreMenu({ onArchive }: { onArchive: () => void }) {
  const { t } = useTranslation('segments');
  const items = [{ key: 'archive', danger: true, label: t('archive.button'), onClick: onArchive }];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button icon={<EllipsisOutlined />} aria-label={t('more')} />
    </Dropdown>
  );
}

export function Actions({ segment }: { segment: SegmentDetails }) {
  const { t } = useTranslation('segments');
  const can = useCan();
  const navigate = useNavigate();
  const notify = useNotify();
  const archive = useArchive(segment);
  const [asked, setAsked] = useState<'archive' | 'export' | null>(null);
  const close = () => setAsked(null);
  const use = () => void navigate({ to: '/engage/campaigns/new', search: { segment: segment.id } });
  if (segment.is_archived) {
    if (!can('segment.manage')) return null;
    const restore = () => archive.mutate(false, { onError: notify.failed });
    return (
      <Button loading={archive.isPending} onClick={restore}>
        {t('archive.restore')}
      </Button>
    );
  }
  return (
    <>
      {can('segment.export') && (
        <Button
          icon={<ExportOutlined />}
          disabled={segment.count === null}
          onClick={() => setAsked('export')}
        >
          {t('export.button')}
        </Button>
      )}
      {can('campaign.manage') && (
        <Button type="primary" icon={<SendOutlined />} onClick={use}>
          {t('useForCampaign')}
        </Button>
      )}
      {can('segment.manage') && <MoreMenu onArchive={() => setAsked('archive')} />}
      <ExportDialog segment={segment} isOpen={asked === 'export'} onClose={close} />
      <ConfirmDialog
        isOpen={asked === 'archive'}
        isDestructive
        title={t('archive.title', { name: segment.name })}
        confirmLabel={t('archive.button')}
        onConfirm={() => archive.mutateAsync(true)}
        onClose={close}
      >
        {t('archive.text')}
      </ConfirmDialog>
    </>
  );
}
