/** The words of the server that our texts know. */
import type { Tone } from '@/components/marks/tone';

export type SurveyMode = 'personal' | 'open' | 'anonymous';
export type SurveyState = 'draft' | 'open' | 'closed';

export const modes: readonly SurveyMode[] = ['personal', 'open', 'anonymous'];
export const stateTones: Record<SurveyState, Tone> = { draft: 'neutral', open: 'success', closed: 'neutral' };
