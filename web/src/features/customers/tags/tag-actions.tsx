/** What can be done with chosen customers: put a tag on all of them, or take one off. */
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { tagsQuery } from './queries';
import { useTagging } from './use-tagging';

interface TagActionsProps {
  customers: readonly string[];
  onDone: () => void;
}

export function TagActions({ customers, onDone }: TagActionsProps) {
  const { t } = useTranslation('customers');
  const { data = [] } = useQuery(tagsQuery);
  const tagging = useTagging(customers, onDone);
  const menu = (isOff: boolean) => ({
    items:
      data.length > 0
        ? data.map(({ id, name }) => ({ key: String(id), label: name }))
        : [{ key: 'none', label: t('tags.none'), disabled: true }],
    onClick: ({ key }: { key: string }) => {
      const tag = data.find(({ id }) => String(id) === key);
      if (tag) tagging.mutate({ tag, isOff });
    },
  });
  return (
    <>
      <Dropdown menu={menu(false)} trigger={['click']}>
        <Button type="text" size="small" loading={tagging.isPending}>
          {t('tags.add')}
        </Button>
      </Dropdown>
      <Dropdown menu={menu(true)} trigger={['click']}>
        <Button type="text" size="small" disabled={tagging.isPending}>
          {t('tags.takeOff')}
        </Button>
      </Dropdown>
    </>
  );
}
