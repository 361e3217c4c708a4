/** Who, what, to what, and when. People are those whom the trail has named so far: whoever audits sees no list of users. */
import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActorOut } from '@/api/generated/types.gen';
import { toCustomerId } from '@/lib/customer-id';
import { actions } from './actions';
import styles from './audit.module.css';
import type { AuditSearch } from './search-params';
import { objectKinds, useAuditWords } from './use-words';

interface AuditFiltersProps {
  search: AuditSearch;
  people: readonly ActorOut[];
  onChange: (search: AuditSearch) => void;
}

function without<Key extends keyof AuditSearch>(search: AuditSearch, ...keys: Key[]): Omit<AuditSearch, Key> {
  const rest = { ...search };
  for (const key of keys) delete rest[key];
  return rest;
}

/** The trail knows customers by a digest alone, which the server makes of the id. */
function CustomerFilter({ reference, onChange }: { reference: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('govern');
  const [text, setText] = useState(reference);
  const ask = () => {
    const id = toCustomerId(text);
    if (text.trim() === '' || id) onChange(id ?? '');
  };
  return (
    <Input
      size="small"
      className={styles.customer}
      aria-label={t('audit.customerId')}
      placeholder={t('audit.customerId')}
      status={text.trim() !== '' && !toCustomerId(text) ? 'error' : ''}
      value={text}
      maxLength={300}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={ask}
      onBlur={ask}
    />
  );
}

export function AuditFilters({ search, people, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('govern');
  const words = useAuditWords();
  const named = people.flatMap(({ id, name }) =>
    id === null ? [] : [{ value: id, label: name || t('audit.userNumber', { id }) }],
  );
  const isNamed = named.some(({ value }) => value === search.actor);
  const who =
    search.actor !== undefined && !isNamed
      ? [...named, { value: search.actor, label: t('audit.userNumber', { id: search.actor }) }]
      : named;
  const kind = search.object?.split(':')[0];
  const reference = search.object?.includes(':') ? search.object.slice(search.object.indexOf(':') + 1) : '';
  const base = without(search, 'entry');
  return (
    <>
      <Select<number>
        size="small"
        className={styles.filter}
        aria-label={t('audit.who')}
        placeholder={t('audit.who')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={search.actor ?? null}
        options={who}
        onChange={(actor?: number) => onChange({ ...without(base, 'actor'), ...(actor ? { actor } : {}) })}
      />
      <Select<string>
        size="small"
        className={styles.filter}
        aria-label={t('audit.action')}
        placeholder={t('audit.action')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={240}
        value={search.action ?? null}
        options={actions.map((key) => ({ value: key, label: words.action(key) }))}
        onChange={(action?: string) =>
          onChange({ ...without(base, 'action'), ...(action ? { action } : {}) })
        }
      />
      <Select<string>
        size="small"
        className={styles.filter}
        aria-label={t('audit.object')}
        placeholder={t('audit.object')}
        allowClear
        value={kind ?? null}
        labelRender={({ label }) =>
          reference && kind !== 'customer' ? `${label} ${reference.slice(0, 8)}` : label
        }
        options={objectKinds.map((key) => ({ value: key, label: words.object(key) }))}
        onChange={(object?: string) =>
          onChange({ ...without(base, 'object'), ...(object ? { object } : {}) })
        }
      />
      {kind === 'customer' && (
        <CustomerFilter
          reference={reference}
          onChange={(id) => {
            const object = id ? `customer:${id}` : 'customer';
            if (object !== search.object) onChange({ ...base, object });
          }}
        />
      )}
      <DatePicker.RangePicker
        size="small"
        className={styles.range}
        allowEmpty={[true, true]}
        placeholder={[t('audit.from'), t('audit.to')]}
        value={[search.from ? dayjs(search.from) : null, search.to ? dayjs(search.to) : null]}
        onChange={(_, [from, to]) =>
          onChange({ ...without(base, 'from', 'to'), ...(from ? { from } : {}), ...(to ? { to } : {}) })
        }
      />
    </>
  );
}
