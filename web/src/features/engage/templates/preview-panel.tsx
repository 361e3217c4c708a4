/** How the message would arrive: for a made-up customer or a real one, on a desk or a phone; and what the checks found. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingOut, MessagePreviewOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Segmented } from '@/components/layout/segmented';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { customersQuery } from './queries';
import styles from './templates.module.css';

export const samples = ['usual', 'long', 'missing'] as const;
export type Sample = (typeof samples)[number];
/** One of the samples, or a customer's id. */
export type Reader = Sample | { id: string; name: string };

function ReaderSelect({ value, onChange }: { value: Reader; onChange: (reader: Reader) => void }) {
  const { t } = useTranslation('templates');
  const [text, setText] = useState('');
  const canRead = useCan()('customer.read');
  const { data } = useQuery({ ...customersQuery(text), enabled: canRead && text.trim() !== '' });
  const made = samples.map((sample) => ({ value: sample as string, label: t(`samples.${sample}`) }));
  const found = text.trim() ? (data?.items ?? []) : [];
  const chosen = typeof value === 'string' ? [] : [{ value: value.id, label: value.name }];
  const real = found.map((one) => ({ value: one.id, label: `${one.name}　${one.unit.name}` }));
  const listed = text.trim() ? real : [...made, ...chosen];
  return (
    <Select
      aria-label={t('readAs')}
      style={{ width: 190 }}
      value={typeof value === 'string' ? value : value.id}
      options={listed}
      showSearch={canRead ? { filterOption: false, searchValue: text, onSearch: setText } : false}
      notFoundContent={t('nobodyFound')}
      onChange={(id) => {
        const sample = samples.find((one) => one === id);
        const one = found.find((row) => row.id === id);
        setText('');
        onChange(sample ?? { id, name: one?.name ?? id });
      }}
    />
  );
}

export function Findings({ findings }: { findings: readonly FindingOut[] }) {
  const { t } = useTranslation('templates');
  const { language } = useFormat();
  if (findings.length === 0) return <Note tone="success">{t('noFindings')}</Note>;
  return (
    <ul className={styles.findings} aria-label={t('findings')}>
      {findings.map((one) => (
        <li key={`${one.code}-${one.line}-${one.text.en}`}>
          <Note tone={one.level === 'refused' ? 'error' : 'warning'}>
            {one.line > 0 && <b>{t('line', { line: one.line })}</b>}
            {inLanguage(one.text, language)}
          </Note>
        </li>
      ))}
    </ul>
  );
}

interface PreviewPanelProps {
  seen: MessagePreviewOut | undefined;
  problem: unknown;
  reader: Reader;
  onReader: (reader: Reader) => void;
}

export function PreviewPanel({ seen, problem, reader, onReader }: PreviewPanelProps) {
  const { t } = useTranslation('templates');
  const [width, setWidth] = useState<'desk' | 'phone'>('desk');
  return (
    <aside className={styles.preview}>
      <div className={styles.previewHead}>
        <ReaderSelect value={reader} onChange={onReader} />
        <Segmented
          label={t('width')}
          options={[
            { value: 'desk', label: t('desk') },
            { value: 'phone', label: t('phone') },
          ]}
          value={width}
          onChange={setWidth}
        />
      </div>
      <ProblemNote problem={problem} />
      {seen && <Findings findings={seen.findings} />}
      {seen?.missing_variable && (
        <Note tone="neutral">{t('notSent', { variable: seen.missing_variable })}</Note>
      )}
      {seen?.html && (
        <div className={styles.mail} data-width={width}>
          <div className={styles.subject}>{seen.subject}</div>
          <iframe title={t('preview')} sandbox="" srcDoc={seen.html} className={styles.frame} />
        </div>
      )}
      {seen?.html && <p className="k-caption">{t('picturesHidden')}</p>}
    </aside>
  );
}
