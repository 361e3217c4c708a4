/** How the file is read, each part open to correction. A change is tried at once; what cannot be read so is said, and not taken. */
import { Button, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportOut, ReadingIn } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import {
  DELIMITER_NAMES,
  DELIMITERS,
  ENCODING_NAMES,
  ENCODINGS,
  encodingOf,
  headerRows,
  isOwn,
} from '../imports/reading';
import { useImportActions } from '../imports/use-import-actions';
import styles from './mapping.module.css';

interface ChoiceProps<Value extends string | number> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  isBusy: boolean;
  onChange: (value: Value) => void;
}

function ReadingChoice<Value extends string | number>(props: ChoiceProps<Value>) {
  const { label, value, options, isBusy, onChange } = props;
  const id = useId();
  return (
    <div className={styles.reading}>
      <label htmlFor={id}>{label}</label>
      <Select<Value>
        id={id}
        size="small"
        value={value}
        options={options}
        disabled={isBusy}
        onChange={onChange}
      />
    </div>
  );
}

export function ReadingCard({ job }: { job: ImportOut }) {
  const { t } = useTranslation('collect');
  const { read } = useImportActions(job.id);
  const isBusy = read.isPending;
  const say = (part: ReadingIn) => read.mutate({ ...job.reading, ...part });
  const delimiterName = (delimiter: string) => t(`reading.${DELIMITER_NAMES[delimiter] ?? 'comma'}`);
  return (
    <Card
      title={t('reading.title')}
      extra={
        isOwn(job.reading) && (
          <Button type="link" size="small" disabled={isBusy} onClick={() => read.mutate({})}>
            {t('reading.recognize')}
          </Button>
        )
      }
    >
      <div className="k-stack" style={{ gap: 8 }}>
        {job.encoding !== '' && (
          <ReadingChoice
            label={t('reading.encoding')}
            value={encodingOf(job.encoding)}
            options={ENCODINGS.map((value) => ({
              value,
              label: value === 'gb18030' ? t('reading.gb18030') : (ENCODING_NAMES[value] ?? 'Big5'),
            }))}
            isBusy={isBusy}
            onChange={(encoding) => say({ encoding })}
          />
        )}
        {job.encoding !== '' && (
          <ReadingChoice
            label={t('reading.delimiter')}
            value={DELIMITERS.find((each) => each === job.delimiter) ?? ','}
            options={DELIMITERS.map((value) => ({ value, label: delimiterName(value) }))}
            isBusy={isBusy}
            onChange={(delimiter) => say({ delimiter, header_row: null })}
          />
        )}
        {job.sheets.length > 1 && (
          <ReadingChoice
            label={t('reading.sheet')}
            value={job.sheet ?? ''}
            options={job.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            isBusy={isBusy}
            onChange={(sheet) => say({ sheet, header_row: null })}
          />
        )}
        <ReadingChoice
          label={t('reading.header')}
          value={job.header_row}
          options={headerRows(job.header_row).map((row) => ({
            value: row,
            label: row < 0 ? t('reading.noHeader') : t('reading.row', { row: row + 1 }),
          }))}
          isBusy={isBusy}
          onChange={(row) => say({ header_row: row })}
        />
        <p className="k-caption">{t('reading.hint')}</p>
        <ProblemNote problem={read.error} />
      </div>
    </Card>
  );
}
