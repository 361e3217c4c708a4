/** Keeps a draft: what is written goes to the server a moment after the last letter, one request after another. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { keepInterview } from '@/api/generated/sdk.gen';
import type { TalkOut } from '@/api/generated/types.gen';

export interface Written {
  answers: Record<string, unknown>;
  notes: string;
  codes: string[];
  way: TalkOut['way'];
  held_at: string;
  minutes: number | null;
}

export type Kept = 'kept' | 'waiting' | 'failed';
const SAVE_AFTER = 1000;

function writtenOf(talk: TalkOut): Written {
  const { answers, notes, codes, way, held_at, minutes } = talk;
  return { answers, notes, codes, way, held_at, minutes };
}

export function useKeeping(talk: TalkOut) {
  const [written, setWritten] = useState(() => writtenOf(talk));
  const [state, setState] = useState<Kept>('kept');
  const [at, setAt] = useState(talk.updated_at);
  const [problem, setProblem] = useState<unknown>(null);
  const latest = useRef(written);
  const revision = useRef(talk.revision);
  const timer = useRef<number>(undefined);
  const line = useRef<Promise<void>>(Promise.resolve());
  const isDirty = useRef(false);

  const save = useCallback(async () => {
    if (!isDirty.current) return;
    isDirty.current = false;
    try {
      const body = { ...latest.current, way: latest.current.way as 'visit', revision: revision.current };
      const { data } = await keepInterview({ path: { record_id: talk.id }, body, throwOnError: true });
      revision.current = data.revision;
      setAt(data.updated_at);
      setProblem(null);
      setState(isDirty.current ? 'waiting' : 'kept');
    } catch (caught) {
      isDirty.current = true;
      setProblem(caught);
      setState('failed');
    }
  }, [talk.id]);

  /** Waits until everything is with the server; returns the revision there. */
  const flush = useCallback(async () => {
    window.clearTimeout(timer.current);
    line.current = line.current.then(save);
    await line.current;
    return revision.current;
  }, [save]);

  const change = useCallback(
    (part: Partial<Written>) => {
      latest.current = { ...latest.current, ...part };
      isDirty.current = true;
      setWritten(latest.current);
      setState('waiting');
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), SAVE_AFTER);
    },
    [flush],
  );

  /** What was discarded is not written again. */
  const drop = useCallback(() => {
    window.clearTimeout(timer.current);
    isDirty.current = false;
  }, []);

  useEffect(() => () => void flush(), [flush]);
  useEffect(() => {
    const stay = (event: BeforeUnloadEvent) => {
      if (isDirty.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, []);
  return { written, change, flush, drop, state, at, problem };
}
