/** What is worth a look first: one line for each thing that waits, the most pressing first. Each opens where it is worked. */
import type { SegmentMove, TodayOut } from '@/api/generated/types.gen';

export type MatterKey =
  | 'late'
  | 'due'
  | 'approval'
  | 'failed'
  | 'unhappy'
  | 'reviews'
  | 'unclaimed'
  | 'others'
  | 'grown'
  | 'shrunk';

export interface Matter {
  key: MatterKey;
  id: string;
  count: number;
  /** What it is called, where it has a name: a campaign, a segment. */
  name?: string;
  isPressing: boolean;
  to: string;
}

/** A segment that lost or won at least a tenth of its members, and not just one or two. */
const MUCH = 0.1;
const NOT_JUST = 3;

function moved(moves: readonly SegmentMove[]): Matter[] {
  return moves.flatMap((move): Matter[] => {
    const more = move.entered - move.left;
    const before = Math.max(1, move.count - more);
    if (Math.abs(more) < NOT_JUST || Math.abs(more) / before < MUCH) return [];
    return [
      {
        key: more > 0 ? 'grown' : 'shrunk',
        id: move.id,
        count: Math.abs(more),
        name: move.name,
        isPressing: false,
        to: `/analyze/segments/${move.id}`,
      },
    ];
  });
}

export function mattersOf(today: TodayOut, moves: readonly SegmentMove[]): Matter[] {
  const { tasks, campaigns, imports, reviews } = today;
  const first = tasks?.first[0];
  const task = first ? `/relate/tasks?task=${first.id}` : '/relate/tasks';
  const counted = (key: MatterKey, count: number | null | undefined, to: string, isPressing = false) =>
    count ? [{ key, id: key, count, to, isPressing }] : [];
  return [
    ...counted('late', tasks?.late, task, true),
    ...counted('due', tasks?.due, tasks?.late ? '/relate/tasks' : task),
    ...(campaigns?.to_decide ?? []).map(
      (one): Matter => ({
        key: 'approval',
        id: one.id,
        count: 1,
        name: one.name,
        isPressing: false,
        to: `/engage/campaigns/${one.id}`,
      }),
    ),
    ...counted(
      'failed',
      imports?.failed,
      imports?.failed === 1 ? `/collect/imports/${imports.latest_id}` : '/collect/imports',
      true,
    ),
    ...counted('unhappy', tasks?.kinds.find((kind) => kind.reason === 'survey')?.count, '/relate/tasks'),
    ...counted('reviews', reviews, '/resolve/review'),
    ...counted('unclaimed', tasks?.unclaimed, '/relate/tasks?view=unit'),
    ...counted('others', tasks?.others_late, '/relate/tasks?view=unit', true),
    ...moved(moves),
  ];
}
