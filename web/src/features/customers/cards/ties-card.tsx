/** 关系: who belongs to the customer, by family or by work; only those whom the reader may see. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endRelationship } from '@/api/generated/sdk.gen';
import type { TieOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Avatar } from '@/components/marks/avatar';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage, toLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { AddTieDrawer } from '../entry/add-tie-drawer';

import styles from '../profile/profile.module.css';
import { customerKey, tiesQuery } from '../profile/queries';

interface TieRowProps {
  tie: TieOut;
  asOf: string | undefined;
  onEnd: (() => void) | undefined;
}

function TieRow({ tie, asOf, onEnd }: TieRowProps) {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  const { valid_from: from, valid_to: to } = tie;
  const dates = [
    from && !to && t('ties.since', { date: format.date(from) }),
    to && t('ties.until', { date: format.date(to) }),
  ].filter(Boolean);
  return (
    <li>
      <Avatar name={tie.other_name} hueKey={tie.other_id} size={26} />
      <span className="k-grow k-small">
        <Link to="/customers/$id" params={{ id: tie.other_id }} search={asOf ? { as_of: asOf } : {}}>
          {tie.other_name}
        </Link>
        <span className="k-caption" style={{ display: 'block' }}>
          {[inLanguage(tie.label, toLanguage(i18n.language)), ...dates].join(t('ties.comma'))}
        </span>
      </span>
      {onEnd && (
        <Button
          type="text"
          size="small"
          aria-label={t('ties.endLabel', { name: tie.other_name })}
          onClick={onEnd}
        >
          {t('ties.end')}
        </Button>
      )}
    </li>
  );
}

interface TiesCardProps {
  customerId: string;
  name: string;
  /** A day; the ties are those that held on it, and none is made or ended. */
  asOf: string | undefined;
}

export function TiesCard({ customerId, name, asOf }: TiesCardProps) {
  const { t } = useTranslation('customers');
  const can = useCan();
  const client = useQueryClient();
  const notify = useNotify();
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<TieOut>();
  const { data: ties } = useQuery(tiesQuery(customerId, asOf));
  const mayChange = can('customer.correct') && !asOf;
  if (!ties || (ties.length === 0 && !mayChange)) return null;
  const end = async () => {
    if (!ending) return;
    const path = { customer_id: customerId, relationship_id: ending.id };
    await endRelationship({ path, throwOnError: true });
    await client.invalidateQueries({ queryKey: customerKey(customerId) });
    notify.done(t('ties.ended'));
  };
  return (
    <Card
      title={t('ties.title')}
      isPadded={ties.length === 0}
      extra={
        mayChange && (
          <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('ties.add')}
          </Button>
        )
      }
    >
      {ties.length === 0 ? (
        <span className="k-caption">{t('ties.none')}</span>
      ) : (
        <ul className={styles.sources}>
          {ties.map((tie) => (
            <TieRow
              key={tie.id}
              tie={tie}
              asOf={asOf}
              onEnd={mayChange && !tie.valid_to ? () => setEnding(tie) : undefined}
            />
          ))}
        </ul>
      )}
      <AddTieDrawer
        isOpen={isAdding}
        customerId={customerId}
        name={name}
        onDone={() => client.invalidateQueries({ queryKey: customerKey(customerId) })}
        onClose={() => setAdding(false)}
      />
      <ConfirmDialog
        isOpen={ending !== undefined}
        title={t('ties.endTitle', { name: ending?.other_name ?? '' })}
        confirmLabel={t('ties.endConfirm')}
        isDestructive
        onConfirm={end}
        onClose={() => setEnding(undefined)}
      >
        {t('ties.endText')}
      </ConfirmDialog>
    </Card>
  );
}
