/** A condition of one comparison, as the editor shows it; anything richer is edited as text. */
export interface Condition {
  name: string;
  sign: string;
  value: string;
}

export const signs = [
  '=',
  '<>',
  '>',
  '>=',
  '<',
  '<=',
  'contains',
  'notcontains',
  'empty',
  'notempty',
] as const;
const SIMPLE =
  /^\{([a-z][a-z0-9_]*)\}\s*(?:(empty|notempty)|(<>|>=|<=|=|>|<|contains|notcontains)\s*(?:'([^']*)'|(-?\d+(?:\.\d+)?|true|false)))$/;

export function toCondition(text: string): Condition | null {
  const found = SIMPLE.exec(text.trim());
  if (!found) return null;
  const [, name = '', alone, sign, quoted, bare] = found;
  return { name, sign: alone ?? sign ?? '=', value: quoted ?? bare ?? '' };
}

export function isAlone(sign: string): boolean {
  return sign === 'empty' || sign === 'notempty';
}

export function toText({ name, sign, value }: Condition): string {
  if (isAlone(sign)) return `{${name}} ${sign}`;
  const isPlain = /^-?\d+(\.\d+)?$/.test(value) || value === 'true' || value === 'false';
  return `{${name}} ${sign} ${isPlain ? value : `'${value}'`}`;
}
