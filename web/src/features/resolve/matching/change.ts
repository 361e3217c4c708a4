/** What of a kind is different from what holds; only that is sent, so that two people change two things side by side. */
import type { KindChange, KindOut } from '@/api/generated/types.gen';
import { type Strength, toStrength } from './words';

export interface KindForm {
  strength: Strength;
  priority: number;
  limit: number;
  windowDays: number | null;
}

export function toForm(kind: KindOut): KindForm {
  return {
    strength: toStrength(kind.strength),
    priority: kind.priority,
    limit: kind.limit,
    windowDays: kind.window_days,
  };
}

export function toChange(kind: KindOut, form: KindForm): KindChange {
  return {
    ...(form.strength === kind.strength ? {} : { strength: form.strength }),
    ...(form.priority === kind.priority ? {} : { priority: form.priority }),
    ...(form.limit === kind.limit ? {} : { limit: form.limit }),
    ...(form.windowDays === kind.window_days ? {} : { window_days: form.windowDays }),
  };
}

const WIDTH: Record<Strength, number> = { named: 0, scoped: 1, strong: 2 };

/** Whether more people would be joined by themselves than now. */
export function isLoosened(kind: KindOut, form: KindForm): boolean {
  return WIDTH[form.strength] > WIDTH[toStrength(kind.strength)];
}
