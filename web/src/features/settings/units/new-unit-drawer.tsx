/** A new unit below another one. Its code is for good: sources and files name units by it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { createUnit } from '@/api/generated/sdk.gen';
import type { UnitIn, UnitNode } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { unitsQuery } from '../queries';
import { useDraft } from '../use-draft';
import { UnitSelect } from './unit-select';

interface NewUnitDrawerProps {
  isOpen: boolean;
  /** The code of the unit above. */
  parent: string | undefined;
  units: readonly UnitNode[];
  onClose: () => void;
}

export function NewUnitDrawer({ isOpen, parent, units, onClose }: NewUnitDrawerProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const above = parent ?? units[0]?.code ?? '';
  const { value, change, reset } = useDraft(`new:${parent ?? ''}`, { name: '', code: '', parent: above });
  const create = useMutation({
    mutationFn: async (body: UnitIn) => (await createUnit({ body, throwOnError: true })).data,
    onSuccess: (unit) => {
      void client.invalidateQueries({ queryKey: unitsQuery.queryKey });
      notify.done(t('units.made', { name: unit.name }));
      close();
    },
  });
  const close = () => {
    create.reset();
    reset();
    onClose();
  };
  const errors = fieldErrors(create.error, t('invalid'));
  const isReady = value.name.trim() !== '' && value.code.trim() !== '';
  const save = () =>
    create.mutate({
      name: value.name.trim(),
      code: value.code.trim(),
      ...(value.parent ? { parent: value.parent } : {}),
    });
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={close}
      title={t('units.new')}
      foot={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button type="primary" disabled={!isReady} loading={create.isPending} onClick={save}>
            {t('units.create')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <Field label={t('units.name')} error={errors.name}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={value.name}
              maxLength={100}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('units.code')} hint={t('units.codeHint')} error={errors.code}>
          {(control) => (
            <Input
              {...control}
              value={value.code}
              maxLength={64}
              spellCheck={false}
              onChange={(event) => change({ code: event.target.value.trim() })}
            />
          )}
        </Field>
        <Field label={t('units.parent')} error={errors.parent}>
          {(control) => (
            <UnitSelect
              control={control}
              value={value.parent}
              onChange={(code) => change({ parent: code })}
            />
          )}
        </Field>
        <ProblemNote problem={create.error} />
      </div>
    </SideDrawer>
  );
}
