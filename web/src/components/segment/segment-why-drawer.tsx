/** 为什么在、为什么不在: one customer and one segment, as of now. Whom the purpose may not take is told first. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { explainSegment, listPurposes } from '@/api/generated/sdk.gen';
import type { ExplanationOut } from '@/api/generated/types.gen';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { ReasonTree } from './reason-tree';
import styles from './segment.module.css';

interface SegmentWhyDrawerProps {
  segmentId: string;
  segmentName: string;
  customerId: string;
  /** As the reader may see it. */
  customerName: string | undefined;
  onClose: () => void;
}

function Verdict({ found }: { found: ExplanationOut }) {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  const { data: purposes = [] } = useQuery({
    queryKey: ['purposes'],
    queryFn: async ({ signal }) => (await listPurposes({ signal, throwOnError: true })).data,
  });
  const known = purposes.find(({ key }) => key === found.purpose);
  const purpose = known ? inLanguage(known.name, language) : found.purpose;
  if (found.is_member) return <Note tone="success">{t('why.in', { purpose })}</Note>;
  if (!found.is_allowed) return <Note tone="warning">{t('why.notAllowed', { purpose })}</Note>;
  return <Note>{t('why.out')}</Note>;
}

export function SegmentWhyDrawer(props: SegmentWhyDrawerProps) {
  const { segmentId, segmentName, customerId, customerName, onClose } = props;
  const { t } = useTranslation('segments');
  const query = useQuery({
    queryKey: ['segments', 'why', segmentId, customerId],
    queryFn: async ({ signal }) => {
      const path = { segment_id: segmentId, customer_id: customerId };
      return (await explainSegment({ path, signal, throwOnError: true })).data;
    },
  });
  const words = { name: customerName || t('nameless'), segment: segmentName };
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={
        query.data ? t(query.data.is_member ? 'why.titleIn' : 'why.titleOut', words) : t('why.title', words)
      }
    >
      <QueryView query={query}>
        {(found) => (
          <>
            <div className={styles.verdict}>
              <Verdict found={found} />
            </div>
            <ReasonTree reason={found.reason} />
          </>
        )}
      </QueryView>
    </SideDrawer>
  );
}
