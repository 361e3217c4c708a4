/** A card on a dashboard: what it says, its drawing, and its menu. */
import { EllipsisOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { type ComponentType, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CardOut } from '@/api/generated/types.gen';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { QueryView } from '@/components/states/query-view';
import { useMode } from '@/components/theme/theme-provider';
import { palette } from '@/components/theme/tokens';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { AxisChart, type DrawnProps } from './axis-chart';
import styles from './dashboards.module.css';
import { isEmpty } from './figures';
import { HeatTable } from './heat-table';
import { PairChart } from './pair-chart';
import { cardQuery, type FigureAt, type Question } from './queries';
import { takeCsv, takePng } from './taking';
import { WhoList } from './who-list';

const drawn: Record<string, ComponentType<DrawnProps>> = {
  line: AxisChart,
  bar: AxisChart,
  stacked: AxisChart,
  pair: PairChart,
  heat: HeatTable,
  list: WhoList,
};

interface CardViewProps {
  card: CardOut;
  question: Question;
  onOpen: (figure: FigureAt) => void;
  /** The buttons of arranging, in the place of the menu. */
  tools?: ReactNode;
}

function CardMenu({ onCsv, onPng }: { onCsv: () => void; onPng: (() => void) | undefined }) {
  const { t } = useTranslation('dashboards');
  const items = [
    { key: 'csv', label: t('csv'), onClick: onCsv },
    ...(onPng ? [{ key: 'png', label: t('png'), onClick: onPng }] : []),
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" size="small" icon={<EllipsisOutlined />} aria-label={t('menu')} />
    </Dropdown>
  );
}

export function CardView({ card, question, onOpen, tools }: CardViewProps) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const notify = useNotify();
  const mode = useMode();
  const query = useQuery(cardQuery(card.key, question));
  const box = useRef<HTMLDivElement>(null);
  const title = inLanguage(card.title, format.language);
  const Drawn = drawn[card.shape] ?? AxisChart;
  const png = () => {
    const svg = box.current?.querySelector<SVGSVGElement>('[role="img"] svg');
    if (svg) takePng(svg, card.key, palette[mode].surface).catch(notify.failed);
    else notify.done(t('showChart'));
  };
  const csv = () => void takeCsv(card.key, question).then(() => notify.done(t('taken')), notify.failed);
  const isDrawn = card.shape !== 'heat' && card.shape !== 'list';
  return (
    <Card title={title} extra={tools ?? <CardMenu onCsv={csv} onPng={isDrawn ? png : undefined} />}>
      <p className={styles.about}>{inLanguage(card.about, format.language)}</p>
      <div ref={box}>
        <QueryView query={query}>
          {(answer) =>
            isEmpty(answer) ? (
              <p className="k-caption">{t('empty')}</p>
            ) : (
              <Drawn
                title={title}
                answer={answer}
                question={question}
                onOpen={card.has_customers ? onOpen : undefined}
              />
            )
          }
        </QueryView>
      </div>
    </Card>
  );
}
