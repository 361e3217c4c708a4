/** The settings of a survey as a form holds them, and as the server takes them. */
import type { SurveyChange, SurveyOut } from '@/api/generated/types.gen';

export interface SettingsForm {
  /** YYYY-MM-DD, empty for none. */
  closesOn: string;
  /** Of all answers; 0 for any number. */
  most: number;
  coolDown: number;
  threshold: number;
  hasRule: boolean;
  question: string;
  atMost: number;
  dueDays: number;
}

export function fromSurvey(survey: SurveyOut): SettingsForm {
  const { rule } = survey as { rule: Record<string, unknown> };
  return {
    closesOn: survey.closes_at?.slice(0, 10) ?? '',
    most: survey.quotas.find(({ question }) => question === '')?.most ?? 0,
    coolDown: survey.cool_down_days,
    threshold: survey.threshold,
    hasRule: 'question' in rule,
    question: String(rule.question ?? ''),
    atMost: Number(rule.at_most ?? 6),
    dueDays: Number(rule.due_days ?? 3),
  };
}

/** The day itself still counts, in the reader's zone. */
function endOf(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}

export function toChange(form: SettingsForm, survey: SurveyOut): SurveyChange {
  const others = survey.quotas
    .filter(({ question }) => question !== '')
    .map(({ question, value, most }) => ({ question, value, most }));
  const change: SurveyChange = {
    cool_down_days: form.coolDown,
    threshold: form.threshold,
    quotas: form.most > 0 ? [{ most: form.most }, ...others] : others,
  };
  if (form.closesOn) change.closes_at = endOf(form.closesOn);
  if (survey.mode !== 'personal') return change;
  change.rule = form.hasRule ? { question: form.question, at_most: form.atMost, due_days: form.dueDays } : {};
  return change;
}
