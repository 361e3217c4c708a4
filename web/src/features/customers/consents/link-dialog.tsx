/** A link to the customer's own page, to be given to him by a way that is his. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { createConsentLink } from '@/api/generated/sdk.gen';
import { CopyButton } from '@/components/form/copy-button';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';

interface LinkDialogProps {
  customerId: string;
  onClose: () => void;
}

export function LinkDialog({ customerId, onClose }: LinkDialogProps) {
  const { t } = useTranslation(['customers', 'common']);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['consent-link', customerId],
    queryFn: async () =>
      (await createConsentLink({ path: { customer_id: customerId }, throwOnError: true })).data,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return (
    <Modal
      open
      title={t('consents.linkTitle')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('common:close')}</Button>}
    >
      <QueryView query={query}>
        {(link) => {
          const address = `${location.origin}${link.path}`;
          return (
            <div className="k-stack">
              <div className="k-row">
                <Input readOnly className="k-mono" value={address} aria-label={t('consents.linkTitle')} />
                <CopyButton text={address} label={t('consents.copyLink')} />
              </div>
              <Note tone="warning">{t('consents.linkText', { date: format.date(link.ends_at) })}</Note>
            </div>
          );
        }}
      </QueryView>
    </Modal>
  );
}
