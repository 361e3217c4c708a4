/** The answers as a file: for SPSS, for SPSS without `.sav`, or for a spreadsheet. Of customers only for a purpose that is named. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportSurveyAnswers } from '@/api/generated/sdk.gen';
import type { SurveyOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { ChoiceList } from '@/components/form/choice-list';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { giveFile } from '@/lib/http/give-file';
import { PurposeSelect } from './purpose-select';

const endings = { csv: 'csv', sav: 'sav', sps: 'zip' } as const;
type Form = keyof typeof endings;
const forms: readonly Form[] = ['csv', 'sav', 'sps'];

async function download(survey: SurveyOut, format: Form, purpose: string | null) {
  const { data, response } = await exportSurveyAnswers({
    path: { survey_id: survey.id },
    query: purpose ? { format, purpose } : { format },
    parseAs: 'blob',
    throwOnError: true,
  });
  giveFile(data as Blob, `${survey.name}.${endings[format]}`);
  return {
    rows: Number(response.headers.get('X-Kehu-Rows')),
    cut: Number(response.headers.get('X-Kehu-Cut')),
  };
}

export function ExportDrawer({ survey, onClose }: { survey: SurveyOut; onClose: () => void }) {
  const { t } = useTranslation(['surveys', 'common']);
  const format = useFormat();
  const [form, setForm] = useState<Form>('csv');
  const [purpose, setPurpose] = useState<string | null>(null);
  const isPersonal = survey.mode === 'personal';
  const give = useMutation({ mutationFn: () => download(survey, form, isPersonal ? purpose : null) });
  const foot = (
    <>
      <Button onClick={onClose}>{t('common:close')}</Button>
      <Button
        type="primary"
        disabled={isPersonal && !purpose}
        loading={give.isPending}
        onClick={() => give.mutate()}
      >
        {t('files.give')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('files.export')} foot={foot}>
      <div className="k-stack">
        <ChoiceList
          label={t('files.form')}
          value={form}
          choices={forms.map((value) => ({
            value,
            label: t(`files.forms.${value}`),
            detail: t(`files.formDetails.${value}`),
          }))}
          onChange={setForm}
        />
        {isPersonal && <PurposeSelect value={purpose} onChange={setPurpose} />}
        <p className="k-caption">{t('files.exportText')}</p>
        {give.data && (
          <Note tone="success">
            {t('files.given', { number: format.count(give.data.rows) })}
            {give.data.cut > 0 && t('files.cut', { number: format.count(give.data.cut) })}
          </Note>
        )}
        <ProblemNote problem={give.error} />
      </div>
    </SideDrawer>
  );
}
