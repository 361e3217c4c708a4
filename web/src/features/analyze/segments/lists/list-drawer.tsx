/** Makes a list of numbers that were pasted or of a file's column, or gives a list other members. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeCustomerList, createCustomerList, uploadCustomerList } from '@/api/generated/sdk.gen';
import type { CustomerListOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { Matched } from './matched';
import { waysQuery } from './queries';
import { hasValues, NOTHING, type Source, SourcePart } from './source-part';

interface ListDrawerProps {
  /** The list that gets other members; without one a new list is made. */
  list?: CustomerListOut | undefined;
  onMade?: ((list: CustomerListOut) => void) | undefined;
  onClose: () => void;
}

type Mode = 'replace' | 'add';

interface Asked {
  name: string;
  by: string;
  mode: Mode;
  source: Source;
}

async function send(list: CustomerListOut | undefined, asked: Asked): Promise<CustomerListOut> {
  const { name, by, mode, source } = asked;
  if (source.from === 'file' && source.file) {
    const kept = list ? { list_id: list.id, mode } : { name };
    const body = { by, column: source.column ?? '', file: source.file, ...kept };
    return (await uploadCustomerList({ body, throwOnError: true })).data;
  }
  const { text } = source;
  if (!list) return (await createCustomerList({ body: { name, by, text }, throwOnError: true })).data;
  const path = { list_id: list.id };
  return (await changeCustomerList({ path, body: { by, text, mode }, throwOnError: true })).data;
}

function WaySelect({ value, onChange }: { value: string | undefined; onChange: (by: string) => void }) {
  const { t } = useTranslation('segments');
  const { language } = useFormat();
  const { data } = useQuery(waysQuery);
  return (
    <Field label={t('lists.by')} hint={t('lists.byHint')}>
      {(control) => (
        <Select
          id={control.id}
          placeholder={t('lists.chooseBy')}
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.ways ?? []).map(({ key, label }) => ({
            value: key,
            label: inLanguage(label, language),
          }))}
          value={value ?? null}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

export function ListDrawer({ list, onMade, onClose }: ListDrawerProps) {
  const { t } = useTranslation('segments');
  const client = useQueryClient();
  const { data: ways } = useQuery(waysQuery);
  const [asked, setAsked] = useState<Partial<Asked> & { source: Source }>({ source: NOTHING });
  const { name = '', by, mode = 'replace', source } = asked;
  const making = useMutation({
    mutationFn: () => send(list, { name: name.trim(), by: by ?? '', mode, source }),
    onSuccess: (made) => {
      setAsked({ source: NOTHING });
      void client.invalidateQueries({ queryKey: ['segments'] });
      onMade?.(made);
    },
  });
  const made = making.data;
  const isReady = hasValues(source) && by !== undefined && (list !== undefined || name.trim() !== '');
  const foot = made ? (
    <Button type="primary" onClick={onClose}>
      {t('lists.done')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('lists.cancel')}</Button>
      <Button type="primary" disabled={!isReady} loading={making.isPending} onClick={() => making.mutate()}>
        {t(list ? 'lists.matchVersion' : 'lists.match')}
      </Button>
    </>
  );
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={list ? t('lists.change', { name: list.name }) : t('lists.new')}
      foot={foot}
      isFilled={hasValues(source) && !made}
    >
      {made?.versions[0] ? (
        <Matched version={made.versions[0]} />
      ) : (
        <div className="k-stack">
          <Note tone="primary">{t('lists.promise')}</Note>
          {!list && (
            <Field label={t('name')}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={100}
                  placeholder={t('lists.namePlaceholder')}
                  value={name}
                  onChange={(event) => setAsked({ ...asked, name: event.target.value })}
                />
              )}
            </Field>
          )}
          {list && (
            <Segmented
              label={t('lists.mode')}
              value={mode}
              options={(['replace', 'add'] as const).map((value) => ({
                value,
                label: t(`lists.modes.${value}`),
              }))}
              onChange={(next: Mode) => setAsked({ ...asked, mode: next })}
            />
          )}
          <SourcePart
            value={source}
            most={ways?.most ?? 0}
            onChange={(next) => setAsked((now) => ({ ...now, source: next }))}
            onGuess={(guess) => setAsked((now) => ({ ...now, by: guess }))}
          />
          <WaySelect value={by} onChange={(next) => setAsked({ ...asked, by: next })} />
          {making.isPending && <p role="status">{t('lists.matching')}</p>}
          <ProblemNote problem={making.error} />
        </div>
      )}
    </SideDrawer>
  );
}
