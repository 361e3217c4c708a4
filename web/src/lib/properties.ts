/** Conditions on the properties of an event while they are typed, and the JSON that they come to. */

export const OPS = ['is', 'is_not', 'contains', 'gt', 'gte', 'lt', 'lte'] as const;
export type Op = (typeof OPS)[number];
const NUMERIC: readonly Op[] = ['gt', 'gte', 'lt', 'lte'];
const PERSONAL = /\d{7,}|\S+@\S+\.\S+/;

export interface WhereDraft {
  id: number;
  property: string;
  op: Op;
  value: string;
}

export interface WrittenWhere {
  property: string;
  op: string;
  value?: unknown;
}

let last = 0;
export const newWhere = (): WhereDraft => ({ id: ++last, property: '', op: 'is', value: '' });

/** Whether a value that is compared as text looks like a number or an address of somebody. */
export const looksPersonal = ({ op, value }: WhereDraft): boolean =>
  !NUMERIC.includes(op) && PERSONAL.test(value);

function whereJson({ property, op, value }: WhereDraft): Record<string, unknown> | undefined {
  const [name, text] = [property.trim(), value.trim()];
  if (!name || !text) return undefined;
  if (!NUMERIC.includes(op)) return { property: name, op, value: text };
  const number = Number(text);
  return Number.isFinite(number) ? { property: name, op, value: number } : undefined;
}

/** What a definition says of conditions: nothing of none of them, `undefined` while one is unfinished. */
export function whereOf(drafts: readonly WhereDraft[]): { where?: Record<string, unknown>[] } | undefined {
  const told = drafts.map(whereJson).filter((one) => one !== undefined);
  if (told.length < drafts.length) return undefined;
  return told.length > 0 ? { where: told } : {};
}

/** Conditions as rows show them; `undefined` where one has another operator or a value of another kind. */
export function whereDrafts(written: readonly WrittenWhere[] = []): WhereDraft[] | undefined {
  const drafts: WhereDraft[] = [];
  for (const { property, op, value } of written) {
    const known = OPS.find((one) => one === op);
    if (!known || !['string', 'number'].includes(typeof value)) return undefined;
    drafts.push({ ...newWhere(), property: String(property), op: known, value: String(value) });
  }
  return drafts;
}
