/** 字段: the registry by section. Everybody may read it; who manages fields opens one to change it. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryField } from '@/api/generated/types.gen';
import { ListToolbar, SearchBox } from '@/components/grid/list-toolbar';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { OfferCommand } from '../offer-command';
import { fieldsQuery } from '../queries';
import { FieldDrawer } from './field-drawer';
import { sections, useFieldWords } from './field-words';
import { FieldsTable } from './fields-table';
import { NewFieldDrawer } from './new-field-drawer';

type SectionChoice = 'all' | (typeof sections)[number];

interface Wanted {
  text: string;
  section: SectionChoice;
  hasInactive: boolean;
}

function matches(field: RegistryField, { text, section, hasInactive }: Wanted): boolean {
  if (!field.is_active && !hasInactive) return false;
  if (section !== 'all' && field.section !== section) return false;
  const words = [field.key, field.label.zh, field.label.en, ...field.synonyms].join(' ');
  return words.toLowerCase().includes(text.trim().toLowerCase());
}

const ALL: Wanted = { text: '', section: 'all', hasInactive: false };

export function FieldsPage() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/settings/fields' });
  const canManage = useCan()('field.manage');
  const words = useFieldWords();
  const query = useQuery(fieldsQuery);
  const [wanted, setWanted] = useState<Wanted>(ALL);
  const change = (part: Partial<Wanted>) => setWanted((known) => ({ ...known, ...part }));
  const show = (next: { drawer?: 'new'; field?: string }) =>
    void navigate({ to: '/settings/fields', search: next });
  const start = () => show({ drawer: 'new' });
  useShortcut({ keys: 'n', group: 'page', label: t('fields.new'), isActive: canManage, onPress: start });
  const open = query.data?.find((field) => field.key === search.field);
  const inactive = query.data?.filter((field) => !field.is_active).length ?? 0;
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('fields.title')}
        subtitle={t('fields.subtitle')}
        actions={
          canManage && (
            <Button type="primary" icon={<PlusOutlined />} onClick={start}>
              {t('fields.new')}
            </Button>
          )
        }
      />
      <ListToolbar>
        <SearchBox
          value={wanted.text}
          placeholder={t('fields.search')}
          onChange={(text) => change({ text })}
        />
        <Segmented<SectionChoice>
          label={t('fields.section')}
          options={(['all', ...sections] as const).map((key) => ({
            value: key,
            label: key === 'all' ? t('fields.all') : words.section(key),
          }))}
          value={wanted.section}
          onChange={(section) => change({ section })}
        />
        {inactive > 0 && (
          <Checkbox
            checked={wanted.hasInactive}
            onChange={(event) => change({ hasInactive: event.target.checked })}
          >
            {t('fields.withInactive', { count: inactive })}
          </Checkbox>
        )}
      </ListToolbar>
      <PageBody>
        <QueryView query={query}>
          {(fields) => {
            const found = fields.filter((field) => matches(field, wanted));
            return found.length > 0 ? (
              <Card isPadded={false} foot={t('fields.count', { count: found.length })}>
                <FieldsTable fields={found} onOpen={(field) => show({ field: field.key })} />
              </Card>
            ) : (
              <EmptyState
                title={t('fields.noneTitle')}
                text={t('fields.noneText')}
                action={<Button onClick={() => setWanted(ALL)}>{t('fields.showAll')}</Button>}
              />
            );
          }}
        </QueryView>
      </PageBody>
      {canManage && <OfferCommand id="field.new" label={t('fields.new')} run={start} />}
      <NewFieldDrawer isOpen={canManage && search.drawer === 'new'} onClose={() => show({})} />
      {open && <FieldDrawer key={open.key} field={open} canManage={canManage} onClose={() => show({})} />}
    </Page>
  );
}
