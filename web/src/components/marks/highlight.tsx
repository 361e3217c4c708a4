/** Marks in gold what a search hit. The ranges come from the server, because it knows pinyin and variants. */
import type { ReactNode } from 'react';

/** From and to, in characters, `to` not included; in order and apart. */
export type HitRange = readonly [from: number, to: number];

export function Highlight({ text, hits }: { text: string; hits?: readonly HitRange[] | undefined }) {
  if (!hits?.length) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  const chars = [...text];
  for (const [from, to] of hits) {
    if (from > at) parts.push(chars.slice(at, from).join(''));
    parts.push(<mark key={from}>{chars.slice(from, to).join('')}</mark>);
    at = to;
  }
  parts.push(chars.slice(at).join(''));
  return parts;
}
