/** Another name for a unit; everything that belongs to it stays where it is. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { updateUnit } from '@/api/generated/sdk.gen';
import type { UnitNode } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { unitsQuery } from '../queries';
import { useDraft } from '../use-draft';

interface RenameUnitDrawerProps {
  unit: UnitNode | undefined;
  onClose: () => void;
}

export function RenameUnitDrawer({ unit, onClose }: RenameUnitDrawerProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const notify = useNotify();
  const { value, change, reset } = useDraft(String(unit?.id ?? ''), { name: unit?.name ?? '' });
  const name = value.name.trim();
  const rename = useMutation({
    mutationFn: async (id: number) =>
      (await updateUnit({ path: { unit_id: id }, body: { name }, throwOnError: true })).data,
    onSuccess: (changed) => {
      void client.invalidateQueries({ queryKey: unitsQuery.queryKey });
      notify.done(t('units.renamed', { name: changed.name }));
      close();
    },
  });
  const close = () => {
    rename.reset();
    reset();
    onClose();
  };
  const isReady = unit !== undefined && name !== '' && name !== unit.name;
  return (
    <SideDrawer
      isOpen={unit !== undefined}
      onClose={close}
      title={t('units.renameOf', { name: unit?.name ?? '' })}
      foot={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!isReady}
            loading={rename.isPending}
            onClick={() => unit && rename.mutate(unit.id)}
          >
            {t('common:save')}
          </Button>
        </>
      }
    >
      <div className="k-stack">
        <Field
          label={t('units.name')}
          hint={t('units.renameHint', { code: unit?.code ?? '' })}
          error={fieldErrors(rename.error, t('invalid')).name}
        >
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
        <ProblemNote problem={rename.error} />
      </div>
    </SideDrawer>
  );
}
