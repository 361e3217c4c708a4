/** Customers in the search palette: found by the server within the reader's scope; the text travels in the body. */
import i18next from 'i18next';
import { searchCustomers } from '@/api/generated/sdk.gen';
import type { CustomerRow } from '@/api/generated/types.gen';
import { Highlight } from '@/components/marks/highlight';
import { hitWords } from '../list/hit-words';
import { marksOf, numberMarks } from '../list/hits';

const MOST = 6;

function Title({ row }: { row: CustomerRow }) {
  const mobile = row.fields.mobile?.display;
  return (
    <>
      <Highlight text={row.name} hits={marksOf(row, 'name')} />
      {mobile && (
        <span className="k-label" style={{ fontWeight: 400, marginInlineStart: 10 }}>
          <Highlight text={mobile} hits={numberMarks(row, 'mobile', mobile)} />
        </span>
      )}
    </>
  );
}

function toHit(row: CustomerRow) {
  const t = i18next.getFixedT(null, 'customers');
  const comma = t('palette.comma');
  const owner = row.owner && t('profile.owner', { name: row.owner.name });
  const detail = [row.fields.tier?.display, row.fields.region?.display, row.unit.name, owner].filter(Boolean);
  return {
    key: row.id,
    name: row.name,
    title: <Title row={row} />,
    detail: detail.join(comma),
    reason: hitWords(row),
    path: `/customers/${row.id}`,
  };
}

export const customerSource = {
  key: 'customers',
  label: (count: number) => i18next.t('palette.customers', { ns: 'customers', count }),
  permission: 'customer.read' as const,
  search: async (text: string, signal: AbortSignal) => {
    const { data } = await searchCustomers({ body: { q: text, limit: MOST }, signal, throwOnError: true });
    return data.items.map(toHit);
  },
};
