/** How the rows meet what is known: the column that tells records apart, existing records, empty cells. */
import { KeyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { SourceTag } from '@/components/marks/source-tag';
import { kindOf } from '../imports/kind-of';
import { sourcesQuery } from '../queries';
import styles from './mapping.module.css';

export interface ImportOptions {
  existing: 'update' | 'skip' | 'fill';
  clears_empty: boolean;
}

const EXISTING = ['update', 'skip', 'fill'] as const;

export function optionsOf(options: Readonly<Record<string, unknown>>): ImportOptions {
  const existing = EXISTING.find((choice) => choice === options.existing) ?? 'update';
  return { existing, clears_empty: options.clears_empty === true };
}

function Setting({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <div className={styles.settingLabel}>{label}</div>
      {children}
      {hint && (
        <div className="k-caption" style={{ marginTop: 4 }}>
          {hint}
        </div>
      )}
    </div>
  );
}

interface OptionsCardProps {
  job: ImportOut;
  columns: readonly string[];
  keyColumn: string | undefined;
  onKey: (column: string | undefined) => void;
  options: ImportOptions;
  onOptions: (options: ImportOptions) => void;
}

function CustomerOptions({ columns, keyColumn, onKey, options, onOptions }: Omit<OptionsCardProps, 'job'>) {
  const { t } = useTranslation('collect');
  const keyId = useId();
  return (
    <>
      <div className={styles.setting}>
        <label className={styles.settingLabel} htmlFor={keyId} style={{ display: 'block' }}>
          {t('mapping.key')}
        </label>
        <Select
          id={keyId}
          style={{ width: '100%' }}
          allowClear
          showSearch
          prefix={<KeyOutlined style={{ color: 'var(--k-gold-text)' }} />}
          value={keyColumn ?? null}
          placeholder={t('mapping.noKey')}
          options={columns.map((column) => ({ value: column, label: column }))}
          onChange={(column: string | null | undefined) => onKey(column ?? undefined)}
        />
        {!keyColumn && (
          <div className="k-caption" style={{ marginTop: 4 }}>
            {t('mapping.noKeyHint')}
          </div>
        )}
      </div>
      <Setting label={t('mapping.existing')} hint={t(`mapping.existingHint.${options.existing}`)}>
        <Segmented
          label={t('mapping.existing')}
          options={EXISTING.map((value) => ({ value, label: t(`mapping.existingChoice.${value}`) }))}
          value={options.existing}
          onChange={(existing) => onOptions({ ...options, existing })}
        />
      </Setting>
      <Setting label={t('mapping.empty')} {...(options.clears_empty ? { hint: t('mapping.clearHint') } : {})}>
        <Segmented<'keep' | 'clear'>
          label={t('mapping.empty')}
          options={[
            { value: 'keep', label: t('mapping.emptyKeep') },
            { value: 'clear', label: t('mapping.emptyClear') },
          ]}
          value={options.clears_empty ? 'clear' : 'keep'}
          onChange={(choice) => onOptions({ ...options, clears_empty: choice === 'clear' })}
        />
      </Setting>
    </>
  );
}

export function OptionsCard({ job, ...rest }: OptionsCardProps) {
  const { t } = useTranslation('collect');
  const kind = kindOf(job);
  const source = useQuery(sourcesQuery).data?.find(({ id }) => id === job.source.id);
  return (
    <Card title={t('mapping.how')}>
      <Setting label={t('imports.source')}>
        <div className="k-row k-small">
          <b>{job.source.name}</b>
          {source && <SourceTag>{t('mapping.trust', { trust: source.trust })}</SourceTag>}
        </div>
      </Setting>
      {kind !== 'customer' ? (
        <p className="k-small k-label" style={{ marginTop: 14 }}>
          {t(kind === 'event' ? 'mapping.eventsHow' : 'mapping.consentsHow')}
        </p>
      ) : (
        <CustomerOptions {...rest} />
      )}
    </Card>
  );
}
