/** A new guide: its name, what it is to find out, and which of three it begins from. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createInterviewGuide } from '@/api/generated/sdk.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { toDefinition } from '../surveys/builder/draft';
import { guidesQuery } from './queries';
import { type Example, examples, startFrom } from './words';

function useMake(name: string, goal: string, example: Example) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      const { draft, themes } = startFrom(example, name);
      const body = { name, goal, definition: toDefinition(draft), themes };
      return (await createInterviewGuide({ body, throwOnError: true })).data;
    },
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: guidesQuery.queryKey });
      void navigate({ to: '/engage/interviews/$guideId', params: { guideId: made.id } });
    },
  });
}

export function NewGuideDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['interviews', 'common']);
  const [name, setName] = useState('');
  const [goal, setGoal] = useState('');
  const [example, setExample] = useState<Example>('needs');
  const make = useMake(name.trim(), goal.trim(), example);
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
        <Field label={t('goal')} hint={t('goalHint')} isOptional>
          {({ status, ...control }) => (
            <Input.TextArea
              {...control}
              status={status}
              value={goal}
              maxLength={500}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(e) => setGoal(e.target.value)}
            />
          )}
        </Field>
        <div>
          <div className="k-label k-small">{t('example')}</div>
          <ChoiceList
            label={t('example')}
            value={example}
            choices={examples.map((value) => ({
              value,
              label: t(`examples.${value}`),
              detail: t(`exampleDetails.${value}`),
            }))}
            onChange={setExample}
          />
        </div>
        <ProblemNote problem={make.error} />
      </div>
    </SideDrawer>
  );
}
