/** What a colour means. `neutral` says nothing, and is the rule. */
export type Tone = 'neutral' | 'primary' | 'success' | 'warning' | 'error' | 'gold';
