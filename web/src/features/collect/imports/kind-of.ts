/** What a file holds. A kind that this version does not know is shown as customers. */
import type { FileKind } from '../upload/send-file';

export function kindOf(job: { kind: string } | undefined): FileKind {
  return job?.kind === 'event' || job?.kind === 'consent' ? job.kind : 'customer';
}
