/** Which list a customer is on; one that is not there yet can be pasted from here. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { ListDrawer } from './list-drawer';
import { listsQuery } from './queries';

interface ListPartProps {
  value: number | undefined;
  onChange: (list: number) => void;
}

export function ListPart({ value, onChange }: ListPartProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { data, isPending } = useQuery(listsQuery);
  const [isOpen, setOpen] = useState(false);
  const canManage = useCan()('segment.manage');
  return (
    <>
      <Select
        aria-label={t('lists.one')}
        placeholder={t(data?.length === 0 ? 'lists.none' : 'lists.choose')}
        loading={isPending}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ width: 220 }}
        options={(data ?? []).map(({ id, name, count }) => ({
          value: id,
          label: t('lists.option', { name, number: format.count(count) }),
        }))}
        value={value ?? null}
        onChange={onChange}
      />
      {canManage && (
        <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {t('lists.new')}
        </Button>
      )}
      {isOpen && <ListDrawer onMade={({ id }) => onChange(id)} onClose={() => setOpen(false)} />}
    </>
  );
}
