/** The states of an import: in which of the five steps it stands, and how it is marked. */
import type { ImportOut } from '@/api/generated/types.gen';
import type { Tone } from '@/components/marks/tone';

export const STEPS = ['upload', 'mapping', 'trial', 'run', 'done'] as const;
export type Step = (typeof STEPS)[number];

export type Shown =
  | 'uploaded'
  | 'queued'
  | 'trying'
  | 'tried'
  | 'running'
  | 'succeeded'
  | 'refused'
  | 'failed'
  | 'cancelled'
  | 'reverted';

type Facts = Pick<ImportOut, 'state' | 'is_dry_run' | 'rows_accepted' | 'rows_read'>;

/** The state in the words of the lists: a trial under way is told apart, and an import that took no row at all. */
export function shownState(job: Facts): Shown {
  switch (job.state) {
    case 'running':
      return job.is_dry_run ? 'trying' : 'running';
    case 'succeeded':
      if (job.is_dry_run) return 'tried';
      return job.rows_accepted === 0 && job.rows_read > 0 ? 'refused' : 'succeeded';
    case 'uploaded':
    case 'queued':
    case 'failed':
    case 'cancelled':
    case 'reverted':
      return job.state;
    default:
      return 'uploaded';
  }
}

export const TONES: Record<Shown, Tone> = {
  uploaded: 'warning',
  queued: 'primary',
  trying: 'primary',
  tried: 'warning',
  running: 'primary',
  succeeded: 'success',
  refused: 'error',
  failed: 'error',
  cancelled: 'neutral',
  reverted: 'neutral',
};

/** `wantsMapping`: the person went back to the columns after a trial. */
export function stepOf(job: Pick<ImportOut, 'state' | 'is_dry_run'>, wantsMapping = false): Step {
  if (job.state === 'uploaded') return 'mapping';
  if (job.state === 'succeeded' && job.is_dry_run) return wantsMapping ? 'mapping' : 'trial';
  if (job.state === 'succeeded' || job.state === 'reverted') return 'done';
  return job.is_dry_run ? 'trial' : 'run';
}
