/** An SPSS file becomes a survey: its variables are shown as questions first, then it is imported. */
import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { importSurveyAnswers, trySurveyImport } from '@/api/generated/sdk.gen';
import type { SavTrial } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { SideDrawer } from '@/components/layout/side-drawer';
import { SmallTable } from '@/components/layout/small-table';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import type { Resources } from '@/locales/zh-cn';
import { surveysQuery } from '../queries';

type Kind = keyof Resources['surveys']['files']['kinds'];

function Variables({ trial }: { trial: SavTrial }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  return (
    <SmallTable label={t('files.variables')} rowHeight={48}>
      <thead>
        <tr>
          <th>{t('files.variable')}</th>
          <th>{t('files.becomes')}</th>
          <th>{t('files.answered')}</th>
        </tr>
      </thead>
      <tbody>
        {trial.variables.map((one) => (
          <tr key={one.variable}>
            <td className="k-mono">{one.variable}</td>
            <td>
              {one.title}
              <span className="k-caption" style={{ display: 'block' }}>
                {[t(`files.kinds.${one.kind as Kind}`), one.choices.join(' · ')].filter(Boolean).join('：')}
              </span>
            </td>
            <td className="k-nowrap">
              {t('files.share', { number: format.count(one.answered), all: format.count(trial.cases) })}
              {one.refused > 0 && (
                <span className="k-caption" style={{ display: 'block' }}>
                  {t('files.refused', { number: format.count(one.refused) })}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

function FileButton({
  name,
  isLoading,
  onChoose,
}: {
  name: string | undefined;
  isLoading: boolean;
  onChoose: (file: File) => void;
}) {
  const { t } = useTranslation('surveys');
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="k-row k-wrap">
      <Button icon={<UploadOutlined />} loading={isLoading} onClick={() => input.current?.click()}>
        {t(name ? 'files.otherFile' : 'files.chooseFile')}
      </Button>
      <span className="k-caption">{name ?? t('files.fileHint')}</span>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('files.chooseFile')}
        accept=".sav"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) onChoose(file);
        }}
      />
    </div>
  );
}

export function ImportDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['surveys', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const format = useFormat();
  const trying = useMutation({
    mutationFn: async (file: File) => (await trySurveyImport({ body: { file }, throwOnError: true })).data,
  });
  const file = trying.variables;
  const trial = trying.data;
  const bring = useMutation({
    mutationFn: async (chosen: File) =>
      (await importSurveyAnswers({ body: { file: chosen }, throwOnError: true })).data,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: surveysQuery.queryKey });
      void navigate({ to: '/engage/surveys/$surveyId', params: { surveyId: made.id } });
    },
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t('common:cancel')}</Button>
      <Button
        type="primary"
        disabled={!trial}
        loading={bring.isPending}
        onClick={() => file && bring.mutate(file)}
      >
        {trial ? t('files.importNumber', { number: format.count(trial.cases) }) : t('files.import')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('files.importTitle')} foot={foot}>
      <div className="k-stack">
        <p style={{ margin: 0 }}>{t('files.importText')}</p>
        <FileButton name={file?.name} isLoading={trying.isPending} onChoose={(next) => trying.mutate(next)} />
        {trial && (
          <>
            <Note tone="primary">
              {t('files.trial', {
                variables: format.count(trial.variables.length),
                cases: format.count(trial.cases),
              })}
            </Note>
            <Variables trial={trial} />
          </>
        )}
        <ProblemNote problem={trying.error ?? bring.error} />
      </div>
    </SideDrawer>
  );
}
