/** How a file was understood, in a sentence: encoding, delimiter, header row, size. */
import { useTranslation } from 'react-i18next';
import type { ImportOut } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { DELIMITER_NAMES, ENCODING_NAMES, isOwn } from './reading';

export function useFileForm(): (job: ImportOut, columns: number | undefined) => string {
  const { t } = useTranslation('collect');
  const format = useFormat();
  return (job, columns) => {
    const delimiter = DELIMITER_NAMES[job.delimiter];
    const encoding = ENCODING_NAMES[job.encoding] ?? job.encoding.toUpperCase();
    const parts = [
      job.encoding ? t('form.encoding', { encoding }) : t('form.workbook'),
      ...(job.encoding && delimiter ? [t(`form.${delimiter}`)] : []),
      ...(job.sheet && job.sheets.length > 1 ? [t('form.sheet', { sheet: job.sheet })] : []),
      job.header_row < 0 ? t('form.noHeader') : t('form.header', { row: format.count(job.header_row + 1) }),
    ];
    const rows = format.estimate(job.rows_total);
    const size = columns === undefined ? t('form.rows', { rows }) : t('form.size', { rows, columns });
    const how = t(isOwn(job.reading) ? 'form.corrected' : 'form.recognized');
    return t('form.sentence', { form: parts.join(t('form.separator')), size, how });
  };
}
