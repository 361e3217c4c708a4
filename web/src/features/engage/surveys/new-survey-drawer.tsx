/** A new survey: its name, and who will know who answered. The questions come on its page. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createSurvey } from '@/api/generated/sdk.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { emptyDraft, toDefinition } from './builder/draft';
import { surveysQuery } from './queries';
import { modes, type SurveyMode } from './words';

export function NewSurveyDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['surveys', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<SurveyMode>('personal');
  const make = useMutation({
    mutationFn: async () => {
      const definition = toDefinition(emptyDraft(name.trim()));
      return (await createSurvey({ body: { name: name.trim(), mode, definition }, throwOnError: true })).data;
    },
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: surveysQuery.queryKey });
      void navigate({ to: '/engage/surveys/$surveyId', params: { surveyId: made.id } });
    },
  });
  const foot = (
    <>
      <Button onClick={onClose}>{t('common:cancel')}</Button>
      <Button type="primary" disabled={!name.trim()} loading={make.isPending} onClick={() => make.mutate()}>
        {t('make')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen onClose={onClose} title={t('new')} foot={foot} isFilled={name.trim() !== ''}>
      <div className="k-stack">
        <Field label={t('name')} hint={t('nameHint')}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              maxLength={100}
              onChange={(e) => setName(e.target.value)}
            />
          )}
        </Field>
        <div>
          <div className="k-label k-small">{t('mode')}</div>
          <ChoiceList
            label={t('mode')}
            value={mode}
            choices={modes.map((one) => ({
              value: one,
              label: t(`modes.${one}`),
              detail: t(`modeDetails.${one}`),
            }))}
            onChange={setMode}
          />
        </div>
        <ProblemNote problem={make.error} />
      </div>
    </SideDrawer>
  );
}
