/**
 * The queue of the desk. A decision takes the pair away at once and is sent after ten seconds, with the next decision,
 * or when the page is left; until then it can be undone, because a merge cannot. What is refused comes back.
 */
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { decideReview } from '@/api/generated/sdk.gen';
import type { ReviewOut, ReviewPage } from '@/api/generated/types.gen';
import { decidedQuery, reviewsQuery } from './queries';

export type Decision = 'same' | 'different';

export interface Pending {
  pair: ReviewOut;
  decision: Decision;
  reason: string;
}

const HELD_FOR = 10_000;

async function send({ pair, decision, reason }: Pending): Promise<void> {
  await decideReview({
    path: { review_id: pair.id },
    body: { decision, reason },
    keepalive: true,
    throwOnError: true,
  });
}

/** A decision that is held back, and sent when its time has come. */
function useHeld(onRefused: (held: Pending, problem: unknown) => void, onSent: (held: Pending) => void) {
  const [pending, setPending] = useState<Pending | null>(null);
  const latest = useRef<Pending | null>(null);
  const told = useRef({ onRefused, onSent });
  useEffect(() => {
    told.current = { onRefused, onSent };
  });
  const flush = useCallback(() => {
    const held = latest.current;
    latest.current = null;
    setPending(null);
    if (!held) return;
    send(held).then(
      () => told.current.onSent(held),
      (problem: unknown) => told.current.onRefused(held, problem),
    );
  }, []);
  const hold = useCallback(
    (next: Pending | null) => {
      flush();
      latest.current = next;
      setPending(next);
    },
    [flush],
  );
  const undo = useCallback(() => {
    const held = latest.current;
    latest.current = null;
    setPending(null);
    return held;
  }, []);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(flush, HELD_FOR);
    return () => clearTimeout(timer);
  }, [pending, flush]);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
  return { pending, hold, undo };
}

function without(data: InfiniteData<ReviewPage> | undefined, gone: (pair: ReviewOut) => boolean) {
  if (!data) return data;
  const count = data.pages.flatMap((page) => page.items.filter(gone)).length;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.filter((pair) => !gone(pair)),
    open_count: page.open_count - count,
  }));
  return { ...data, pages };
}

export function useDesk(onRefused: (problem: unknown) => void) {
  const client = useQueryClient();
  const query = useInfiniteQuery(reviewsQuery);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [later, setLater] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const giveBack = (id: string) => setTaken((known) => new Set([...known].filter((other) => other !== id)));
  const held = useHeld(
    ({ pair }, problem) => {
      giveBack(pair.id);
      onRefused(problem);
      void client.invalidateQueries({ queryKey: reviewsQuery.queryKey });
    },
    ({ pair, decision }) => {
      client.setQueryData(reviewsQuery.queryKey, (data) => without(data, ({ id }) => id === pair.id));
      if (decision === 'same') void client.invalidateQueries({ queryKey: reviewsQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['reviews', 'count'] });
      // A first reading that is under way began before the decision; only when it is given up does another begin.
      void client
        .cancelQueries({ queryKey: decidedQuery.queryKey })
        .then(() => client.invalidateQueries({ queryKey: decidedQuery.queryKey }));
      for (const id of [pair.left.id, pair.right.id]) {
        void client.invalidateQueries({ queryKey: ['customer', id] });
      }
    },
  );
  const loaded = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = loaded.filter(({ id }) => !taken.has(id));
  const told = query.data?.pages.at(-1)?.open_count ?? 0;
  const waiting = Math.max(open.length, told - (loaded.length - open.length));
  const queue = [
    ...open.filter(({ id }) => !later.includes(id)),
    ...later.flatMap((id) => open.filter((pair) => pair.id === id)),
  ];
  const at = Math.max(
    0,
    queue.findIndex(({ id }) => id === chosen),
  );
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const isShort = hasNextPage && queue.length - at <= 5 && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
  const current = queue[at];
  const follower = () => setChosen((queue[at + 1] ?? queue[0])?.id ?? null);
  return {
    query,
    queue,
    /** How many pairs wait, those not read yet too. */
    waiting,
    at,
    current,
    pending: held.pending,
    choose: setChosen,
    move: (step: number) => setChosen(queue[at + step]?.id ?? chosen),
    decide: (decision: Decision, reason: string) => {
      if (!current) return;
      follower();
      setTaken((known) => new Set([...known, current.id]));
      held.hold({ pair: current, decision, reason });
    },
    putOff: () => {
      if (!current) return;
      follower();
      setLater((known) => [...known.filter((id) => id !== current.id), current.id]);
    },
    undo: () => {
      const back = held.undo();
      if (!back) return;
      giveBack(back.pair.id);
      setChosen(back.pair.id);
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;
