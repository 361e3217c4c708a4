/** Looking for a customer of whom it is asked why he is in, or is not. The name travels in the body. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchCustomers } from '@/api/generated/sdk.gen';
import { SearchBox } from '@/components/grid/list-toolbar';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Avatar } from '@/components/marks/avatar';
import { QueryView } from '@/components/states/query-view';
import styles from '../segments.module.css';

const MOST = 10;

interface FindDrawerProps {
  onClose: () => void;
  onFound: (id: string, name: string) => void;
}

function Hits({ text, onFound }: { text: string; onFound: FindDrawerProps['onFound'] }) {
  const { t } = useTranslation('segments');
  const query = useQuery({
    queryKey: ['customers', 'find', text],
    queryFn: async ({ signal }) =>
      (await searchCustomers({ body: { q: text, limit: MOST }, signal, throwOnError: true })).data.items,
    placeholderData: keepPreviousData,
  });
  return (
    <QueryView query={query}>
      {(rows) =>
        rows.length === 0 ? (
          <p className="k-caption">{t('findNobody', { text })}</p>
        ) : (
          <ul className={styles.people} aria-label={t('findHits')}>
            {rows.map((row) => (
              <li key={row.id}>
                <button type="button" className="k-plain-button" onClick={() => onFound(row.id, row.name)}>
                  <Avatar name={row.name} hueKey={row.id} size={26} />
                  <span className="k-grow k-link">{row.name || t('nameless')}</span>
                  <span className="k-caption">
                    {[row.fields.mobile?.display, row.unit.name].filter(Boolean).join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}

export function FindDrawer({ onClose, onFound }: FindDrawerProps) {
  const { t } = useTranslation('segments');
  const [text, setText] = useState('');
  return (
    <SideDrawer isOpen onClose={onClose} title={t('find')}>
      <div className="k-stack">
        <p className="k-small k-label">{t('findText')}</p>
        <SearchBox value={text} placeholder={t('findPlaceholder')} onChange={setText} />
        {text.trim() && <Hits text={text.trim()} onFound={onFound} />}
      </div>
    </SideDrawer>
  );
}
