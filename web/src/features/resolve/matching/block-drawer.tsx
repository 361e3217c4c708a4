/** Blocking a value, the usual case, or a pattern of values. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addBlockedValue } from '@/api/generated/sdk.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { ANY, KindSelect, USUAL } from './kind-select';
import { blockedQuery } from './queries';

type Form = 'value' | 'pattern';
const forms: readonly Form[] = ['value', 'pattern'];

function useBlock(onDone: () => void) {
  const { t } = useTranslation('resolve');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (body: { kind: string; text: string; is_pattern: boolean }) =>
      (await addBlockedValue({ body, throwOnError: true })).data,
    onSuccess: ({ text }) => {
      void client.invalidateQueries({ queryKey: blockedQuery.queryKey });
      notify.done(t('matching.blocked.added', { text }));
      onDone();
    },
  });
}

export function BlockDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['resolve', 'common']);
  const [kind, setKind] = useState(USUAL);
  const [form, setForm] = useState<Form>('value');
  const [text, setText] = useState('');
  const block = useBlock(onClose);
  const save = () => {
    if (text.trim()) block.mutate({ kind, text: text.trim(), is_pattern: form === 'pattern' });
  };
  const hint = kind === ANY && form === 'value' ? 'anyHint' : (`${form}Hint` as const);
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={t('matching.blocked.add')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="primary" disabled={!text.trim()} loading={block.isPending} onClick={save}>
            {t('matching.blocked.save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <Field label={t('matching.kinds.kind')}>
          {(control) => <KindSelect {...control} hasAny value={kind} onChange={setKind} />}
        </Field>
        <ChoiceList<Form>
          label={t('matching.blocked.formLabel')}
          size="small"
          choices={forms.map((value) => ({
            value,
            label: t(`matching.blocked.forms.${value}`),
            detail: t(`matching.blocked.formHints.${value}`),
          }))}
          value={form}
          onChange={setForm}
        />
        <Field label={t(`matching.blocked.${form}Label`)} hint={t(`matching.blocked.${hint}`)}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              className={form === 'pattern' ? 'k-mono' : ''}
              maxLength={200}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                block.reset();
              }}
              onPressEnter={save}
            />
          )}
        </Field>
        <Note>{t('matching.blocked.after')}</Note>
        <ProblemNote problem={block.error} />
      </div>
    </SideDrawer>
  );
}
