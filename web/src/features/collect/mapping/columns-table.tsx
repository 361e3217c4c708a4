/** Each column of the file in a row: what it holds, what it becomes, how sure that is, and why. */
import { ArrowRightOutlined, CheckOutlined, KeyOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProposalOut } from '@/api/generated/types.gen';
import { SmallTable } from '@/components/layout/small-table';
import { useLabel } from '../labels';
import { Certainty } from './certainty';
import { attentionOf, type Draft, doubles, IGNORED } from './mapping';
import styles from './mapping.module.css';
import { type TargetGroup, TargetSelect } from './target-select';

interface ColumnsTableProps {
  proposals: readonly ProposalOut[];
  draft: Draft;
  groups: TargetGroup[];
  /** Columns that the person has decided. */
  confirmed: ReadonlySet<string>;
  onTarget: (column: string, target: string) => void;
  onConfirm: (column: string) => void;
}

interface RowProps extends Omit<ColumnsTableProps, 'proposals'> {
  proposal: ProposalOut;
  isDouble: boolean;
}

function Why({
  proposal,
  isKeyOnly,
  isOpen,
  isDouble,
  isConfirmed,
  onConfirm,
}: {
  proposal: ProposalOut;
  isKeyOnly: boolean;
  isOpen: boolean;
  isDouble: boolean;
  isConfirmed: boolean;
  onConfirm: () => void;
}) {
  const { t } = useTranslation('collect');
  const label = useLabel();
  return (
    <div className={styles.why}>
      <div className="k-label">{isKeyOnly ? t('mapping.isKey') : label(proposal.reason)}</div>
      {isDouble && <div className="k-error k-caption">{t('mapping.double')}</div>}
      {proposal.warning && !isConfirmed && !isKeyOnly && (
        <div className={styles.warning}>{label(proposal.warning)}</div>
      )}
      {isOpen && (
        <Button type="link" size="small" style={{ padding: 0, height: 20, fontSize: 12 }} onClick={onConfirm}>
          {t('mapping.confirm')}
        </Button>
      )}
      {isConfirmed && (
        <div className="k-caption">
          <CheckOutlined aria-hidden /> {t('mapping.confirmed')}
        </div>
      )}
    </div>
  );
}

function ColumnRow({ proposal, draft, groups, confirmed, isDouble, onTarget, onConfirm }: RowProps) {
  const { t } = useTranslation('collect');
  const { column, role, samples } = proposal;
  const isConfirmed = confirmed.has(column);
  const isOpen = attentionOf(proposal) === 'confirm' && !isConfirmed;
  const isForbidden = role === 'forbidden';
  const target = draft.targets[column] ?? IGNORED;
  const isKey = draft.key === column;
  return (
    <tr>
      <td className={styles.column}>
        <b>{column}</b>
        {isKey && (
          <>
            {' '}
            <KeyOutlined style={{ color: 'var(--k-gold-text)' }} aria-label={t('mapping.isKey')} />
          </>
        )}
      </td>
      <td className={styles.samples}>
        <div title={samples.join('　')}>
          {samples.length > 0 ? samples.join('　') : t(isForbidden ? 'mapping.hidden' : 'mapping.blank')}
        </div>
      </td>
      <td>
        <ArrowRightOutlined className={styles.arrow} aria-hidden />
      </td>
      <td>
        {isForbidden ? (
          <span className={styles.forbidden}>
            <StopOutlined aria-hidden />
            {t('target.forbidden')}
          </span>
        ) : (
          <TargetSelect
            column={column}
            groups={groups}
            value={target}
            isKey={isKey}
            isDoubtful={isOpen}
            isDouble={isDouble}
            onChange={(target) => onTarget(column, target)}
          />
        )}
      </td>
      <td>
        <Certainty certainty={role === 'property' ? 'none' : proposal.certainty} />
      </td>
      <td>
        <Why
          proposal={proposal}
          isKeyOnly={isKey && target === IGNORED}
          isOpen={isOpen}
          isDouble={isDouble}
          isConfirmed={isConfirmed}
          onConfirm={() => onConfirm(column)}
        />
      </td>
    </tr>
  );
}

export function ColumnsTable({ proposals, ...row }: ColumnsTableProps) {
  const { t } = useTranslation('collect');
  const twice = doubles(row.draft.targets);
  return (
    <SmallTable rowHeight={49}>
      <thead>
        <tr>
          <th>{t('mapping.column')}</th>
          <th>{t('mapping.samples')}</th>
          <th aria-hidden style={{ width: 22 }} />
          <th>{t('mapping.field')}</th>
          <th>{t('mapping.certainty')}</th>
          <th>{t('mapping.why')}</th>
        </tr>
      </thead>
      <tbody>
        {proposals.map((proposal) => (
          <ColumnRow
            key={proposal.column}
            proposal={proposal}
            isDouble={twice.has(row.draft.targets[proposal.column] ?? '')}
            {...row}
          />
        ))}
      </tbody>
    </SmallTable>
  );
}
