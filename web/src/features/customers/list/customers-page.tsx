/** 客户: search, filter and sort on the server, page by page. Coming back from a profile finds the place again. */
import { ImportOutlined, PlusOutlined, TagsOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '@/api/generated/types.gen';
import { DataGrid, type GridSort } from '@/components/grid/data-grid';
import { ListToolbar, ListTools, SearchBox } from '@/components/grid/list-toolbar';
import type { GridSelection } from '@/components/grid/selection-bar';
import { Page, PageHeader } from '@/components/layout/page';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { NewCustomerDrawer } from '../entry/new-customer-drawer';
import { useFieldBook } from '../field-book';
import { filterableFields } from '../filters/filters';
import { ListFilters } from '../filters/list-filters';
import { noteSeen } from '../filters/seen-values';
import { TagActions } from '../tags/tag-actions';
import { ListViews } from '../views/list-views';
import { useCustomerColumns } from './columns';
import { ListEmpty, useImportsPath } from './list-empty';
import { noteOpened, notePage, useListPlace } from './place';
import { countQuery, PAGE_SIZE, sortOf, useCustomerPage } from './queries';
import { type ListState, useList } from './use-list';

export const LIST_ID = 'customers';

function toSort(sort: string | undefined): GridSort | undefined {
  if (!sort) return undefined;
  return { key: sort.replace('-', ''), order: sort.startsWith('-') ? 'descending' : 'ascending' };
}

/** Scrolls to the customer from whom the reader comes back. */
function useReturn(rows: readonly CustomerRow[] | undefined) {
  const { openedId } = useListPlace();
  const isThere = rows?.some((row) => row.id === openedId) ?? false;
  useEffect(() => {
    if (!isThere || !openedId) return;
    const row = document.querySelector(`tr[data-row-key="${CSS.escape(openedId)}"]`);
    row?.scrollIntoView({ block: 'center' });
  }, [isThere, openedId]);
}

/** Customers that are chosen to be tagged; another question begins anew. */
function useChosen(question: string): GridSelection | undefined {
  const mayTag = useCan()('customer.tag');
  const [chosen, setChosen] = useState<{ question: string; keys: ReadonlySet<string> }>();
  const keys = chosen?.question === question ? chosen.keys : new Set<string>();
  const onChange = (next: ReadonlySet<string>) => setChosen({ question, keys: next });
  if (!mayTag) return undefined;
  return {
    keys,
    onChange,
    actions: <TagActions customers={[...keys]} onDone={() => onChange(new Set())} />,
  };
}

function CustomerGrid({ list }: { list: ListState }) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const book = useFieldBook();
  const columns = useCustomerColumns();
  const { question, page } = list;
  const answer = useCustomerPage(question, page.cursor);
  const { data } = answer;
  const selection = useChosen(JSON.stringify(question));
  const isEstimate = data !== undefined && !data.count.is_exact;
  const exact = useQuery({ ...countQuery(question, 'exact'), enabled: isEstimate });
  const count = isEstimate && exact.data ? exact.data : data?.count;
  useReturn(data?.items);
  useEffect(() => {
    if (!data || answer.isPlaceholderData) return;
    notePage(
      page.at,
      data.items.map((row) => row.id),
    );
    noteSeen(
      data.items,
      filterableFields(book).map((field) => field.key),
    );
  }, [data, answer.isPlaceholderData, page.at, book]);
  return (
    <DataGrid
      id={LIST_ID}
      label={t('list.title')}
      columns={columns}
      rows={data?.items}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.name}
      onOpen={(row) => {
        noteOpened(row.id);
        void navigate({ to: '/customers/$id', params: { id: row.id } });
      }}
      sort={toSort(sortOf(question))}
      onSort={(sort) =>
        list.change({ sort: sort && (sort.order === 'descending' ? `-${sort.key}` : sort.key) })
      }
      selection={selection}
      counts="people"
      count={count && { value: count.value, isExact: count.is_exact }}
      pages={{
        from: page.at * PAGE_SIZE + 1,
        onPrevious: page.at > 0 ? page.back : undefined,
        onNext: data?.next_cursor ? () => page.go(data.next_cursor ?? '') : undefined,
      }}
      isFetching={answer.isPlaceholderData}
      problem={answer.error}
      onRetry={() => void answer.refetch()}
      empty={<ListEmpty list={list} />}
    />
  );
}

function Actions({ onNew }: { onNew: () => void }) {
  const { t } = useTranslation('customers');
  const can = useCan();
  const navigate = useNavigate();
  const imports = useImportsPath();
  const mayEnter = can('customer.correct');
  useShortcut({
    keys: 'n',
    group: 'page',
    label: t('entry.new'),
    isActive: mayEnter,
    onPress: onNew,
  });
  return (
    <>
      <Button icon={<TagsOutlined />} onClick={() => void navigate({ to: '/customers/tags' })}>
        {t('tags.title')}
      </Button>
      {imports && (
        <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: imports })}>
          {t('list.import')}
        </Button>
      )}
      {mayEnter && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onNew}>
          {t('entry.new')}
        </Button>
      )}
    </>
  );
}

export function CustomersPage() {
  const { t } = useTranslation('customers');
  const list = useList();
  const columns = useCustomerColumns();
  return (
    <Page>
      <PageHeader
        frame="list"
        title={t('list.title')}
        actions={<Actions onNew={() => list.change({ new: true })} />}
      />
      <ListViews list={list} columns={columns} />
      <ListToolbar tools={<ListTools id={LIST_ID} columns={columns} />}>
        <SearchBox value={list.text} placeholder={t('list.search')} onChange={list.setText} />
        <ListFilters list={list} />
      </ListToolbar>
      <CustomerGrid list={list} />
      <NewCustomerDrawer isOpen={list.search.new === true} onClose={() => list.change({ new: undefined })} />
    </Page>
  );
}
