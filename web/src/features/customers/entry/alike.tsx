/** Who may be the same as the customer that is being entered: asked while he is written, masked outside the reader's scope. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkCustomer } from '@/api/generated/sdk.gen';
import { Note } from '@/components/marks/note';
import { ApiProblem } from '@/lib/http/problem';
import type { FieldBook } from '../field-book';

/** Long enough that no half-written number is asked for. */
const PAUSE = 700;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Whole numbers, and a name, which tells beside a number or a birth date. */
function isTelling(book: FieldBook, key: string, value: string): boolean {
  if (key === 'name') return value.length > 1;
  if (key === 'birth_date') return value.length >= 8;
  return Boolean(book.get(key)?.identifier) && value.length >= 5;
}

const grounds = { number: 'number', birth: 'birth', tail: 'tail' } as const;

interface AlikeProps {
  values: Readonly<Record<string, string>>;
  book: FieldBook;
}

export function Alike({ values, book }: AlikeProps) {
  const { t } = useTranslation('customers');
  const written = Object.entries(values).filter(([key, value]) => isTelling(book, key, value.trim()));
  const isEnough = written.some(([key]) => key !== 'name');
  const telling = isEnough ? Object.fromEntries(written) : {};
  const settled = useSettled(JSON.stringify(telling));
  const { data: alike = [], error } = useQuery({
    queryKey: ['customers', 'alike', settled],
    queryFn: async ({ signal }) => {
      const asked = JSON.parse(settled) as Record<string, string>;
      return (await checkCustomer({ body: { values: asked }, signal, throwOnError: true })).data;
    },
    enabled: settled !== '{}',
    retry: false,
    gcTime: 0,
  });
  if (error instanceof ApiProblem && error.code === 'too_many_checks') {
    return <Note tone="warning">{error.detail}</Note>;
  }
  if (alike.length === 0) return null;
  const groundOf = (ground: string) => {
    const known = Object.values(grounds).find((one) => one === ground);
    return known ? t(`entry.alike.${known}`) : '';
  };
  return (
    <Note tone="warning">
      <b>{t('entry.alike.title', { count: alike.length })}</b>
      <ul>
        {alike.map((other) => (
          <li key={other.customer_id ?? `${other.name}${other.mobile}${other.unit}`}>
            {[other.name, other.mobile, other.unit].filter(Boolean).join(t('entry.alike.comma'))}
            {other.customer_id ? (
              <>
                {' '}
                <Link
                  to="/customers/$id"
                  params={{ id: other.customer_id }}
                  style={{ color: 'inherit', textDecoration: 'underline' }}
                >
                  {t('entry.alike.open')}
                </Link>
              </>
            ) : (
              <span className="k-caption"> {t('entry.alike.elsewhere')}</span>
            )}
            <span className="k-small" style={{ display: 'block' }}>
              {groundOf(other.ground)}
            </span>
          </li>
        ))}
      </ul>
      <div className="k-small">{t('entry.alike.joins')}</div>
    </Note>
  );
}
