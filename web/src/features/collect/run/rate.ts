/** How fast rows are read and how long the rest takes, from the last seconds of polling. */
import { useEffect, useState } from 'react';

export interface Sample {
  /** Milliseconds. */
  at: number;
  rows: number;
}

const WINDOW = 15_000;

export function addSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && next.rows < last.rows) return [next];
  return [...samples.filter(({ at }) => next.at - at <= WINDOW), next];
}

/** Rows a second; undefined until two different moments are known. */
export function rateOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at === first.at || last.rows === first.rows) return undefined;
  return (last.rows - first.rows) / ((last.at - first.at) / 1000);
}

/** Seconds that are left at this rate. */
export function restOf(rate: number | undefined, done: number, all: number): number | undefined {
  return rate && all > done ? (all - done) / rate : undefined;
}

/** `at` is the moment of the answer that told `rows`. */
export function useRate(rows: number, at: number): number | undefined {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => setSamples((known) => addSample(known, { at, rows })), [rows, at]);
  return rateOf(samples);
}
