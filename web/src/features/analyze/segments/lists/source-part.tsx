/** Where the numbers of a list come from: pasted, or a column of a file that the server reads and throws away. */
import { UploadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { readListColumns } from '@/api/generated/sdk.gen';
import type { ListColumnOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { useFormat } from '@/lib/format/use-format';

export interface Source {
  from: 'paste' | 'file';
  text: string;
  file?: File | undefined;
  columns: readonly ListColumnOut[];
  column?: string | undefined;
}

export const NOTHING: Source = { from: 'paste', text: '', columns: [] };
export const hasValues = ({ from, text, file, column }: Source) =>
  from === 'paste' ? text.trim() !== '' : file !== undefined && column !== undefined;

interface SourcePartProps {
  value: Source;
  most: number;
  onChange: (source: Source) => void;
  /** A column that was chosen seems to hold this kind of number. */
  onGuess: (by: string) => void;
}

function FilePart({ value, onChange, onGuess }: Omit<SourcePartProps, 'most'>) {
  const { t } = useTranslation('segments');
  const input = useRef<HTMLInputElement>(null);
  const choose = (columns: readonly ListColumnOut[], column: string | undefined, file: File | undefined) => {
    onChange({ ...value, columns, column, file });
    const guess = columns.find(({ name }) => name === column)?.by;
    if (guess) onGuess(guess);
  };
  const reading = useMutation({
    mutationFn: async (file: File) => (await readListColumns({ body: { file }, throwOnError: true })).data,
    onSuccess: (columns, file) => {
      const likely = columns.find(({ by }) => by !== null) ?? (columns.length === 1 ? columns[0] : undefined);
      choose(columns, likely?.name, file);
    },
  });
  return (
    <>
      <div className="k-row k-wrap">
        <Button icon={<UploadOutlined />} loading={reading.isPending} onClick={() => input.current?.click()}>
          {t(value.file ? 'lists.otherFile' : 'lists.chooseFile')}
        </Button>
        <span className="k-caption">{value.file?.name ?? t('lists.fileHint')}</span>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('lists.chooseFile')}
          accept=".csv,.tsv,.txt,.xlsx"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) reading.mutate(file);
          }}
        />
      </div>
      <ProblemNote problem={reading.error} />
      {value.file && (
        <Field label={t('lists.column')}>
          {(control) => (
            <Select
              id={control.id}
              placeholder={t('lists.chooseColumn')}
              options={value.columns.map(({ name }) => ({ value: name, label: name }))}
              value={value.column ?? null}
              onChange={(column: string) => choose(value.columns, column, value.file)}
            />
          )}
        </Field>
      )}
    </>
  );
}

export function SourcePart({ value, most, onChange, onGuess }: SourcePartProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  return (
    <>
      <Segmented
        label={t('lists.source')}
        value={value.from}
        options={[
          { value: 'paste', label: t('lists.paste') },
          { value: 'file', label: t('lists.file') },
        ]}
        onChange={(from) => onChange({ ...value, from })}
      />
      {value.from === 'file' ? (
        <FilePart value={value} onChange={onChange} onGuess={onGuess} />
      ) : (
        <Field label={t('lists.numbers')} hint={t('lists.numbersHint', { number: format.count(most) })}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={8}
              spellCheck={false}
              autoComplete="off"
              value={value.text}
              onChange={(event) => onChange({ ...value, text: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
