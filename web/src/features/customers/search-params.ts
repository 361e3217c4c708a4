/** What stands in the addresses of customers. Never a search text, a name or a number of a person. */
export interface ListSearch {
  /** `field:operator:value`, on fields that are kept clear. */
  filter?: string[] | undefined;
  sort?: string | undefined;
  view?: string | undefined;
  /** The drawer in which a customer is entered. */
  new?: true | undefined;
}

export const profileTabs = ['overview', 'timeline', 'records', 'consents', 'changes'] as const;
export type ProfileTab = (typeof profileTabs)[number];

export interface ProfileSearch {
  tab?: Exclude<ProfileTab, 'overview'> | undefined;
  /** A day; the page then shows what was known at its end. */
  as_of?: string | undefined;
  why?: true | undefined;
}

const SORTS = new Set(['name', '-name', 'updated_at', '-updated_at']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function toListSearch(raw: Record<string, unknown>): ListSearch {
  const list = Array.isArray(raw.filter) ? raw.filter : [raw.filter];
  const filter = list.filter((entry): entry is string => typeof entry === 'string' && entry.length <= 200);
  const sort = text(raw.sort);
  return {
    ...(filter.length > 0 ? { filter } : {}),
    ...(sort && SORTS.has(sort) ? { sort } : {}),
    ...(text(raw.view) ? { view: text(raw.view) } : {}),
    ...(raw.new ? { new: true } : {}),
  };
}

export function toProfileSearch(raw: Record<string, unknown>): ProfileSearch {
  const tab = profileTabs.find((known) => known === raw.tab);
  const asOf = text(raw.as_of);
  return {
    ...(tab && tab !== 'overview' ? { tab } : {}),
    ...(asOf && DAY.test(asOf) ? { as_of: asOf } : {}),
    ...(raw.why ? { why: true } : {}),
  };
}
