/** Would this value be blocked? Asked before it is added, or when somebody wonders why two records were not joined. */
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tryBlockedValue } from '@/api/generated/sdk.gen';
import type { TrialOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Note } from '@/components/marks/note';
import { KindSelect, USUAL } from './kind-select';
import styles from './matching.module.css';

function Answer({ trial }: { trial: TrialOut }) {
  const { t } = useTranslation('resolve');
  const { by, read_as: value } = trial;
  if (!by) return <Note tone="success">{t('matching.blocked.try.free', { value })}</Note>;
  const own = by.form === 'value' ? 'blockedValue' : 'blocked';
  const key = by.author === null ? 'blockedShipped' : own;
  return <Note tone="warning">{t(`matching.blocked.try.${key}`, { value, by: by.text })}</Note>;
}

export function TryValue() {
  const { t } = useTranslation('resolve');
  const [kind, setKind] = useState(USUAL);
  const [value, setValue] = useState('');
  const ask = useMutation({
    mutationFn: async () => (await tryBlockedValue({ body: { kind, value }, throwOnError: true })).data,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim()) ask.mutate();
  };
  return (
    <form className={styles.try} aria-label={t('matching.blocked.try.label')} onSubmit={submit}>
      <div className="k-row k-wrap">
        <span className="k-small k-label">{t('matching.blocked.try.label')}</span>
        <KindSelect
          aria-label={t('matching.blocked.try.kind')}
          value={kind}
          onChange={(next) => {
            setKind(next);
            ask.reset();
          }}
        />
        <Input
          aria-label={t('matching.blocked.try.label')}
          placeholder={t('matching.blocked.try.placeholder')}
          style={{ width: 220 }}
          maxLength={200}
          autoComplete="off"
          value={value}
          onChange={(event) => {
            setValue(event.target.value);
            ask.reset();
          }}
        />
        <Button htmlType="submit" disabled={!value.trim()} loading={ask.isPending}>
          {t('matching.blocked.try.go')}
        </Button>
      </div>
      <div role="status">{ask.data && <Answer trial={ask.data} />}</div>
      <ProblemNote problem={ask.error} />
    </form>
  );
}
