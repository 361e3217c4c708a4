/** Who stands behind a figure: a drawer of customers of the reader's scope, page by page. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CursorPages } from '@/components/grid/use-cursor-pages';
import { SideDrawer } from '@/components/layout/side-drawer';
import { QueryView } from '@/components/states/query-view';
import { PeopleList } from './people-list';

interface PeoplePage {
  items: readonly { customer_id: string; name: string; unit: string }[];
  next_cursor?: string | null;
}

interface PeopleDrawerProps {
  title: string;
  text: ReactNode;
  query: UseQueryResult<PeoplePage>;
  pages: CursorPages;
  onClose: () => void;
  /** Which of them are listed, where there is a choice. */
  choice?: ReactNode;
  /** Stand before the ways to the other pages. */
  acts?: ReactNode;
  children?: ReactNode;
}

export function PeopleDrawer({
  title,
  text,
  query,
  pages,
  onClose,
  choice,
  acts,
  children,
}: PeopleDrawerProps) {
  const { t } = useTranslation();
  const next = query.data?.next_cursor;
  const turning = (pages.hasPrevious || next) && (
    <>
      <Button disabled={!pages.hasPrevious} onClick={pages.goPrevious}>
        {t('people.previous')}
      </Button>
      <Button disabled={!next} onClick={() => next && pages.goNext(next)}>
        {t('people.next')}
      </Button>
    </>
  );
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={title}
      foot={
        (acts || turning) && (
          <>
            {acts}
            {turning}
          </>
        )
      }
    >
      {choice && <div style={{ marginBottom: 8 }}>{choice}</div>}
      <p className="k-caption">{text}</p>
      <QueryView query={query}>
        {({ items }) => (
          <PeopleList
            people={items.map((one) => ({ id: one.customer_id, name: one.name, note: one.unit }))}
          />
        )}
      </QueryView>
      {children}
    </SideDrawer>
  );
}
