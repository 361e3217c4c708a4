/**
 * Where the records of a customer stand in the drawing of why they are one, and which ties carry words.
 * A tree of the strongest ties is labelled; further ties are thin, so that no word covers another.
 */
import type { Why, WhyEdge, WhyLink } from '@/api/generated/types.gen';

export const WIDTH = 572;
/** More would be a ball of wool; the table below the drawing names them all. */
export const MOST = 10;

export interface PlacedRecord {
  link: WhyLink;
  x: number;
  y: number;
  /** Its words stand above or below it. */
  isAbove: boolean;
}

export interface PlacedTie {
  from: PlacedRecord;
  to: PlacedRecord;
  shared: WhyEdge['shared'];
  /** `shared`: in words; `further`: thin; `told`: no number is shared, somebody or a rule decided. */
  kind: 'shared' | 'further' | 'told';
}

export interface Graph {
  records: readonly PlacedRecord[];
  ties: readonly PlacedTie[];
  height: number;
  /** Records that the drawing leaves out. */
  left: number;
}

const EDGE = 78;

/** Two rows, the upper one with the larger half; a single row up to three. */
function place(links: readonly WhyLink[]): { records: PlacedRecord[]; height: number } {
  const upper = links.length <= 3 ? links.length : Math.ceil(links.length / 2);
  const rows = [links.slice(0, upper), links.slice(upper)].filter((row) => row.length > 0);
  const records = rows.flatMap((row, at) =>
    row.map((link, i) => {
      const inset = at === 1 ? EDGE + 46 : EDGE;
      const step = row.length > 1 ? (WIDTH - 2 * inset) / (row.length - 1) : 0;
      return {
        link,
        x: row.length > 1 ? inset + i * step : WIDTH / 2,
        y: at === 0 ? 70 : 190,
        isAbove: at === 0,
      };
    }),
  );
  return { records, height: rows.length > 1 ? 262 : 104 };
}

/** Joins what is not yet joined, strongest first (Kruskal); answers which ties it took. */
function strongestTree(ids: readonly string[], edges: readonly WhyEdge[]): ReadonlySet<WhyEdge> {
  const group = new Map(ids.map((id) => [id, id]));
  const rootOf = (id: string): string => {
    const parent = group.get(id) ?? id;
    return parent === id ? id : rootOf(parent);
  };
  const far = (edge: WhyEdge) => Math.abs(ids.indexOf(edge.one) - ids.indexOf(edge.other));
  const taken = [...edges]
    .sort((a, b) => b.shared.length - a.shared.length || far(a) - far(b))
    .filter((edge) => {
      const [one, other] = [rootOf(edge.one), rootOf(edge.other)];
      if (one === other) return false;
      group.set(one, other);
      return true;
    });
  return new Set(taken);
}

export function toGraph(why: Why): Graph {
  const { records, height } = place(why.links.slice(0, MOST));
  const at = new Map(records.map((record) => [record.link.record_id, record]));
  const edges = why.edges.filter((edge) => at.has(edge.one) && at.has(edge.other));
  const tree = strongestTree([...at.keys()], edges);
  const tied = new Set(edges.flatMap((edge) => [edge.one, edge.other]));
  const toTie = (one: string, other: string, rest: Pick<PlacedTie, 'shared' | 'kind'>): PlacedTie[] => {
    const [from, to] = [at.get(one), at.get(other)];
    return from && to ? [{ from, to, ...rest }] : [];
  };
  const first = records[0]?.link.record_id ?? '';
  return {
    records,
    height,
    left: Math.max(0, why.links.length - MOST),
    ties: [
      ...edges.flatMap((edge) =>
        toTie(edge.one, edge.other, { shared: edge.shared, kind: tree.has(edge) ? 'shared' : 'further' }),
      ),
      ...records
        .slice(1)
        .filter((record) => !tied.has(record.link.record_id))
        .flatMap((record) => toTie(first, record.link.record_id, { shared: [], kind: 'told' })),
    ],
  };
}
