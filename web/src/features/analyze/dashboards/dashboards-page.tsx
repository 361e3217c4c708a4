/** 看板: numbers in a row, then cards; every figure opens the customers behind it. Own boards stand beside those of the release. */
import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BoardOut, BoardPlace, CatalogOut } from '@/api/generated/types.gen';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useMe } from '@/lib/session/me';
import { Arranging } from './arranging';
import { BehindDrawer } from './behind-drawer';
import { CardView } from './card-view';
import styles from './dashboards.module.css';
import { Filters, Printed } from './filters';
import { NumbersStrip } from './numbers-strip';
import { boardsQuery, catalogQuery, comparisons, type FigureAt, type Question, spans } from './queries';

export interface DashboardSearch {
  board?: string;
  span?: Question['span'];
  compare?: Question['compare'];
  unit?: string;
  card?: string;
  x?: string;
  series?: string;
  /** `new` arranges a board that begins as the open one, `own` the open one. */
  edit?: 'new' | 'own';
}

interface Shown {
  key: string;
  name: string;
  places: readonly BoardPlace[];
  own?: BoardOut;
}

function useShown(catalog: CatalogOut, boards: readonly BoardOut[]): readonly Shown[] {
  const { language } = useFormat();
  const isWide = (key: string) =>
    catalog.cards.some(({ key: one, shape }) => one === key && (shape === 'pair' || shape === 'heat'));
  return [
    ...catalog.dashboards.map(({ key, name, cards }) => ({
      key,
      name: inLanguage(name, language),
      places: cards.map((card) => ({ card, is_wide: isWide(card) })),
    })),
    ...boards.map((own) => ({ key: own.id, name: own.name, places: own.cards, own })),
  ];
}

interface CardsProps {
  places: readonly BoardPlace[];
  catalog: CatalogOut;
  question: Question;
  onOpen: (figure: FigureAt) => void;
}

function Cards({ places, catalog, question, onOpen }: CardsProps) {
  const cards = places.flatMap(({ card: key, is_wide: isWide }) =>
    catalog.cards.filter((card) => card.key === key).map((card) => ({ card, isWide })),
  );
  const numbers = cards.filter(({ card }) => card.shape === 'number').map(({ card }) => card);
  return (
    <>
      {numbers.length > 0 && <NumbersStrip cards={numbers} question={question} onOpen={onOpen} />}
      <div className={styles.cards}>
        {cards
          .filter(({ card }) => card.shape !== 'number')
          .map(({ card, isWide }) => (
            <div key={card.key} className={styles.place} data-wide={isWide}>
              <CardView card={card} question={question} onOpen={onOpen} />
            </div>
          ))}
      </div>
    </>
  );
}

function Board({ catalog, boards }: { catalog: CatalogOut; boards: readonly BoardOut[] }) {
  const { t } = useTranslation('dashboards');
  const me = useMe();
  const search = useSearch({ strict: false }) as DashboardSearch;
  const navigate = useNavigate();
  const to = (next: DashboardSearch) => void navigate({ to: '/analyze/dashboards', search: next });
  const go = (change: DashboardSearch) => to({ ...search, ...change });
  const shown = useShown(catalog, boards);
  const board = shown.find((one) => one.key === search.board) ?? shown[0];
  const question: Question = {
    span: spans.find((one) => one === search.span) ?? '13w',
    compare: comparisons.find((one) => one === search.compare) ?? 'previous',
    unit: search.unit ?? '',
  };
  const opened = search.card
    ? { card: search.card, x: search.x ?? '', series: search.series ?? '' }
    : undefined;
  const own = board?.own;
  if (board && search.edit) {
    return (
      <Arranging
        key={search.edit}
        known={search.edit === 'own' && own?.is_mine ? own : undefined}
        places={board.places}
        catalog={catalog}
        question={question}
        onDone={(key) => to({ ...without(search), ...(key ? { board: key } : {}) })}
      />
    );
  }
  return (
    <>
      <PageHeader
        frame="list"
        title={t('title')}
        subtitle={t('subtitle', { scope: me.scope.label, zone: catalog.zone })}
        actions={<Filters question={question} onChange={go} />}
      />
      <div className={styles.tabs}>
        <PageTabs
          label={t('title')}
          tabs={shown.map(({ key, name }) => ({ key, label: name }))}
          active={board?.key ?? ''}
          onChange={(key) => go({ board: key })}
        />
        <span className={styles.arrange}>
          {own && !own.is_mine && <span className="k-caption">{t('own.by', { name: own.owner.name })}</span>}
          {own?.is_mine && (
            <Button size="small" icon={<EditOutlined />} onClick={() => go({ edit: 'own' })}>
              {t('own.edit')}
            </Button>
          )}
          <Button size="small" icon={<PlusOutlined />} onClick={() => go({ edit: 'new' })}>
            {t('own.new')}
          </Button>
        </span>
      </div>
      <PageBody>
        {board && <Printed name={board.name} question={question} />}
        {board && <Cards places={board.places} catalog={catalog} question={question} onOpen={go} />}
      </PageBody>
      {opened && (
        <BehindDrawer
          figure={opened}
          question={question}
          catalog={catalog}
          onClose={() => to(without(search))}
        />
      )}
    </>
  );
}

function without(search: DashboardSearch): DashboardSearch {
  const { card: _card, x: _x, series: _series, edit: _edit, ...rest } = search;
  return rest;
}

export function DashboardsPage() {
  const query = useQuery(catalogQuery);
  const { data: boards } = useQuery(boardsQuery);
  return (
    <Page>
      <QueryView query={query}>{(catalog) => <Board catalog={catalog} boards={boards ?? []} />}</QueryView>
    </Page>
  );
}
