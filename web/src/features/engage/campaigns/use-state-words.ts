/** How a campaign stands, in a word and a colour. A draft is told by its approval. */
import { useTranslation } from 'react-i18next';
import type { CampaignOut } from '@/api/generated/types.gen';
import type { Tone } from '@/components/marks/tone';

const TONES: Readonly<Record<string, Tone>> = {
  draft: 'neutral',
  waiting: 'warning',
  approved: 'primary',
  rejected: 'error',
  running: 'success',
  paused: 'warning',
  stopped: 'neutral',
  finished: 'neutral',
};
const STATES = [
  'draft',
  'waiting',
  'approved',
  'rejected',
  'running',
  'paused',
  'stopped',
  'finished',
] as const;
type State = (typeof STATES)[number];

function stateOf(row: CampaignOut): State {
  if (row.state === 'draft' && row.approval) {
    if (row.approval.state === 'open') return 'waiting';
    if (row.approval.state === 'approved' && row.approval.is_valid) return 'approved';
    if (row.approval.state === 'rejected') return 'rejected';
  }
  return STATES.find((state) => state === row.state) ?? 'draft';
}

export function useStateWords() {
  const { t } = useTranslation('campaigns');
  return {
    tone: (row: CampaignOut): Tone => TONES[stateOf(row)] ?? 'neutral',
    state: (row: CampaignOut): string => t(`states.${stateOf(row)}`),
    is: stateOf,
  };
}
