/** What an import tells of itself, read with care: an import of an older release tells less. */
import type { Label } from '@/api/generated/types.gen';

export interface FieldFigures {
  key: string;
  changed: number;
  filled: number;
}

export interface Reason extends Label {
  /** Key of the field; empty where the whole row is refused. */
  field: string;
  count: number;
  first_row: number;
}

export interface Updated {
  customer: string;
  name: string;
  field: string;
  label: Label;
  before: Label | null;
  after: Label | null;
}

export interface Created {
  customer: string;
  name: string;
  values: Record<string, Label | null>;
}

export interface Summary {
  fields: readonly FieldFigures[];
  reasons: readonly Reason[];
  updated: readonly Updated[];
  created: readonly Created[];
  /** False where only the first 200,000 rows were tried. */
  isWhole: boolean;
}

interface Told {
  fields?: Record<string, { changed: number; filled: number }>;
  reasons?: readonly Reason[];
  samples?: { updated?: readonly Updated[]; created?: readonly Created[] };
  is_whole?: boolean;
}

export function readSummary(summary: Readonly<Record<string, unknown>>): Summary {
  const told = summary as Told;
  const fields = Object.entries(told.fields ?? {}).map(([key, figures]) => ({ key, ...figures }));
  return {
    fields: fields.sort((a, b) => b.changed + b.filled - (a.changed + a.filled)),
    reasons: told.reasons ?? [],
    updated: told.samples?.updated ?? [],
    created: told.samples?.created ?? [],
    isWhole: told.is_whole ?? true,
  };
}

/** How many values an import changes or fills, over all fields. */
export function countValues({ fields }: Summary): number {
  return fields.reduce((sum, { changed, filled }) => sum + changed + filled, 0);
}
