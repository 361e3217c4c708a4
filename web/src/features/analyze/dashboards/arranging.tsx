/** A board is arranged where it will stand: cards are dragged or moved by arrows, made wide, added and taken off. */
import { ArrowLeftOutlined, ArrowRightOutlined, CloseOutlined, ColumnWidthOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeBoard, createBoard, deleteBoard } from '@/api/generated/sdk.gen';
import type { BoardOut, BoardPlace, CardOut, CatalogOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { FootBar, PageBody, PageHeader } from '@/components/layout/page';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import { CardView } from './card-view';
import styles from './dashboards.module.css';
import { boardsQuery, type Question } from './queries';

interface ArrangingProps {
  /** None for a new board. */
  known: BoardOut | undefined;
  places: readonly BoardPlace[];
  catalog: CatalogOut;
  question: Question;
  onDone: (key?: string) => void;
}

interface Wanted {
  name: string;
  cards: BoardPlace[];
  is_shared: boolean;
}

/** The cards with the one at a place put to another. */
export function put(places: readonly BoardPlace[], from: number, to: number): readonly BoardPlace[] {
  const moved = places[from];
  if (!moved || to < 0 || to >= places.length) return places;
  const rest = places.filter((_, place) => place !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

function useKeep(known: BoardOut | undefined, onDone: (key?: string) => void) {
  const { t } = useTranslation('dashboards');
  const client = useQueryClient();
  const notify = useNotify();
  const done = async (words: string, key?: string) => {
    await client.invalidateQueries({ queryKey: boardsQuery.queryKey });
    notify.done(words);
    onDone(key);
  };
  const save = useMutation({
    mutationFn: async (body: Wanted) => {
      if (!known) return (await createBoard({ body, throwOnError: true })).data;
      const change = { ...body, version: known.version };
      return (await changeBoard({ path: { board_id: known.id }, body: change, throwOnError: true })).data;
    },
    onSuccess: ({ id }) => done(t('own.saved'), id),
  });
  const remove = useMutation({
    mutationFn: async (board: BoardOut) => deleteBoard({ path: { board_id: board.id }, throwOnError: true }),
    onSuccess: () => done(t('own.deleted')),
  });
  return { save, remove };
}

interface PlacedProps {
  card: CardOut;
  isWide: boolean;
  at: number;
  last: number;
  question: Question;
  onMove: (to: number) => void;
  onWide: () => void;
  onRemove: () => void;
}

function Placed({ card, isWide, at, last, question, onMove, onWide, onRemove }: PlacedProps) {
  const { t } = useTranslation('dashboards');
  const { language } = useFormat();
  const name = inLanguage(card.title, language);
  const isNumber = card.shape === 'number';
  const width = isWide ? ('half' as const) : ('wide' as const);
  const resize = { key: width, icon: <ColumnWidthOutlined />, isOff: false, act: onWide };
  const buttons = [
    { key: 'earlier' as const, icon: <ArrowLeftOutlined />, isOff: at === 0, act: () => onMove(at - 1) },
    { key: 'later' as const, icon: <ArrowRightOutlined />, isOff: at === last, act: () => onMove(at + 1) },
    ...(isNumber ? [] : [resize]),
    { key: 'remove' as const, icon: <CloseOutlined />, isOff: false, act: onRemove },
  ];
  const tools = (
    <span>
      {buttons.map(({ key, icon, isOff, act }) => (
        <Button
          key={key}
          type="text"
          size="small"
          icon={icon}
          aria-label={t(`own.${key}`, { name })}
          disabled={isOff}
          onClick={act}
        />
      ))}
    </span>
  );
  return isNumber ? (
    <Card title={name} extra={tools}>
      <p className="k-caption">{t('own.number')}</p>
    </Card>
  ) : (
    <CardView card={card} question={question} tools={tools} onOpen={() => undefined} />
  );
}

export function Arranging({ known, places: given, catalog, question, onDone }: ArrangingProps) {
  const { t } = useTranslation('dashboards');
  const { language } = useFormat();
  const canShare = useCan()('view.share');
  const [name, setName] = useState(known?.name ?? '');
  const [isShared, setShared] = useState(known?.is_shared ?? false);
  const [places, setPlaces] = useState<readonly BoardPlace[]>(() =>
    given.filter(({ card }) => catalog.cards.some(({ key }) => key === card)),
  );
  const [dragged, setDragged] = useState<number>();
  const [isAsking, setAsking] = useState(false);
  const { save, remove } = useKeep(known, onDone);
  const rest = catalog.cards.filter((card) => places.every((place) => place.card !== card.key));
  const cards = places.flatMap((place) => {
    const card = catalog.cards.find(({ key }) => key === place.card);
    return card ? [{ card, isWide: place.is_wide ?? false }] : [];
  });
  return (
    <>
      <PageHeader
        frame="bar"
        title={known ? t('own.edit') : t('own.newTitle')}
        subtitle={t('own.startText')}
        actions={
          <>
            <Input
              aria-label={t('own.name')}
              placeholder={t('own.namePlaceholder')}
              style={{ width: 220 }}
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
            />
            <Select
              aria-label={t('own.add')}
              placeholder={t('own.addPlaceholder')}
              style={{ width: 200 }}
              showSearch
              optionFilterProp="label"
              value={null}
              options={rest.map((card) => ({ value: card.key, label: inLanguage(card.title, language) }))}
              onChange={(card: string) => setPlaces([...places, { card, is_wide: false }])}
            />
          </>
        }
      />
      <PageBody>
        {cards.length === 0 && <p className="k-caption">{t('own.none')}</p>}
        <ul className={styles.cards} aria-label={t('own.edit')}>
          {cards.map(({ card, isWide }, at) => (
            <li
              key={card.key}
              className={styles.place}
              data-wide={isWide}
              data-dragged={dragged === at}
              draggable
              onDragStart={() => setDragged(at)}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={() => dragged !== undefined && setPlaces(put(places, dragged, at))}
            >
              <Placed
                card={card}
                isWide={isWide}
                at={at}
                last={cards.length - 1}
                question={question}
                onMove={(to) => setPlaces(put(places, at, to))}
                onWide={() =>
                  setPlaces(places.map((one, n) => (n === at ? { ...one, is_wide: !isWide } : one)))
                }
                onRemove={() => setPlaces(places.filter((_, n) => n !== at))}
              />
            </li>
          ))}
        </ul>
        <ProblemNote problem={save.error ?? remove.error} />
      </PageBody>
      <FootBar
        back={
          known && (
            <Button danger onClick={() => setAsking(true)}>
              {t('own.delete')}
            </Button>
          )
        }
        hint={
          canShare && (
            <Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)}>
              <span title={t('own.shareHint')}>{t('own.share')}</span>
            </Checkbox>
          )
        }
      >
        <Button onClick={() => onDone(known?.id)}>{t('own.cancel')}</Button>
        <Button
          type="primary"
          disabled={name.trim() === '' || cards.length === 0}
          loading={save.isPending}
          onClick={() => save.mutate({ name: name.trim(), cards: [...places], is_shared: isShared })}
        >
          {t('own.save')}
        </Button>
      </FootBar>
      {known && (
        <ConfirmDialog
          isOpen={isAsking}
          title={t('own.delete')}
          confirmLabel={t('own.delete')}
          isDestructive
          onClose={() => setAsking(false)}
          onConfirm={() => remove.mutateAsync(known)}
        >
          {t('own.deleteText', { name: known.name })}
        </ConfirmDialog>
      )}
    </>
  );
}
