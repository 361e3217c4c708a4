/** 看板: numbers in a row, then cards; every figure opens the customers behind it. */
import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CatalogOut } from '@/api/generated/types.gen';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { PageTabs } from '@/components/layout/page-tabs';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useMe } from '@/lib/session/me';
import { BehindDrawer } from './behind-drawer';
import { CardView } from './card-view';
import styles from './dashboards.module.css';
import { NumbersStrip } from './numbers-strip';
import { catalogQuery, comparisons, type FigureAt, type Question, spans, unitsQuery } from './queries';

export interface DashboardSearch {
  board?: string;
  span?: Question['span'];
  compare?: Question['compare'];
  unit?: string;
  card?: string;
  x?: string;
  series?: string;
}

function Filters({
  question,
  onChange,
}: {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}) {
  const { t } = useTranslation('dashboards');
  const { data: units = [] } = useQuery(unitsQuery);
  return (
    <>
      <Select
        aria-label={t('span')}
        value={question.span}
        style={{ width: 128 }}
        options={spans.map((value) => ({ value, label: t(`spans.${value}`) }))}
        onChange={(span) => onChange({ span })}
      />
      <Select
        aria-label={t('compare')}
        value={question.compare}
        style={{ width: 148 }}
        options={comparisons.map((value) => ({ value, label: t(`comparisons.${value}`) }))}
        onChange={(compare) => onChange({ compare })}
      />
      <Select
        aria-label={t('unit')}
        showSearch
        optionFilterProp="label"
        value={question.unit}
        style={{ width: 168 }}
        options={[
          { value: '', label: t('allUnits') },
          ...units.map((unit) => ({ value: unit.code, label: unit.name })),
        ]}
        onChange={(unit) => onChange({ unit })}
      />
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
        {t('print')}
      </Button>
    </>
  );
}

/** What stands on the sheet in the place of the filters: which dashboard, which days, of which unit, printed when and by whom. */
function Printed({ name, question }: { name: string; question: Question }) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const me = useMe();
  const { data: units = [] } = useQuery(unitsQuery);
  const unit = units.find((one) => one.code === question.unit)?.name ?? t('allUnits');
  const parts = [name, t(`spans.${question.span}`), t(`comparisons.${question.compare}`), unit];
  return (
    <p className={styles.printed}>
      {parts.join(' · ')} · {t('printed', { time: format.dateTime(new Date()), name: me.user.name })}
    </p>
  );
}

function Board({ catalog }: { catalog: CatalogOut }) {
  const { t } = useTranslation('dashboards');
  const me = useMe();
  const { language } = useFormat();
  const search = useSearch({ strict: false }) as DashboardSearch;
  const navigate = useNavigate();
  const go = (change: DashboardSearch) =>
    void navigate({ to: '/analyze/dashboards', search: { ...search, ...change } });
  const board = catalog.dashboards.find((one) => one.key === search.board) ?? catalog.dashboards[0];
  const question: Question = {
    span: spans.find((one) => one === search.span) ?? '13w',
    compare: comparisons.find((one) => one === search.compare) ?? 'previous',
    unit: search.unit ?? '',
  };
  const cards = (board?.cards ?? []).flatMap((key) => catalog.cards.filter((card) => card.key === key));
  const numbers = cards.filter((card) => card.shape === 'number');
  const open = (figure: FigureAt) => go(figure);
  const opened = search.card
    ? { card: search.card, x: search.x ?? '', series: search.series ?? '' }
    : undefined;
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
          tabs={catalog.dashboards.map((one) => ({ key: one.key, label: inLanguage(one.name, language) }))}
          active={board?.key ?? ''}
          onChange={(key) => go({ board: key })}
        />
      </div>
      <PageBody>
        {board && <Printed name={inLanguage(board.name, language)} question={question} />}
        {numbers.length > 0 && <NumbersStrip cards={numbers} question={question} onOpen={open} />}
        <div className={styles.cards}>
          {cards
            .filter((card) => card.shape !== 'number')
            .map((card) => (
              <div
                key={card.key}
                className={styles.place}
                data-wide={card.shape === 'pair' || card.shape === 'heat'}
              >
                <CardView card={card} question={question} onOpen={open} />
              </div>
            ))}
        </div>
      </PageBody>
      {opened && (
        <BehindDrawer
          figure={opened}
          question={question}
          catalog={catalog}
          onClose={() => void navigate({ to: '/analyze/dashboards', search: without(search) })}
        />
      )}
    </>
  );
}

function without({ card: _card, x: _x, series: _series, ...rest }: DashboardSearch): DashboardSearch {
  return rest;
}

export function DashboardsPage() {
  const query = useQuery(catalogQuery);
  return (
    <Page>
      <QueryView query={query}>{(catalog) => <Board catalog={catalog} />}</QueryView>
    </Page>
  );
}
