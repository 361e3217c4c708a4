/** 试一试: how many customers the rule suits now, and what it says of one, condition by condition. */
import { CheckCircleFilled, CloseCircleOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countOffer, tryOffer } from '@/api/generated/sdk.gen';
import type { OfferReason } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Field } from '@/components/form/field';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import type { RuleBody } from './offer-form';
import styles from './offers.module.css';
import { customersNamed } from './queries';

const verdicts = ['open', 'objected', 'not_allowed', 'not_eligible', 'suppressed'] as const;

function Reasons({ reasons }: { reasons: readonly OfferReason[] }) {
  const { t } = useTranslation('offers');
  const { language } = useFormat();
  const groupOf = ({ kind }: OfferReason) =>
    kind === 'all' || kind === 'any' || kind === 'not' ? t(`groups.${kind}`) : undefined;
  return (
    <ul className={styles.reasons}>
      {reasons.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name and keep their order
        <li key={place}>
          {one.holds ? (
            <CheckCircleFilled style={{ color: 'var(--k-success)' }} aria-label={t('holds')} />
          ) : (
            <CloseCircleOutlined style={{ color: 'var(--k-ink-3)' }} aria-label={t('holdsNot')} />
          )}
          {groupOf(one) ?? inLanguage(one.text, language)}
          {one.parts.length > 0 && <Reasons reasons={one.parts} />}
        </li>
      ))}
    </ul>
  );
}

export function TryPanel({ rule }: { rule: RuleBody | undefined }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const [text, setText] = useState('');
  const [customer, setCustomer] = useState<string>();
  const { data: found = [], isFetching } = useQuery(customersNamed(useDeferredValue(text)));
  const count = useMutation({
    mutationFn: async (body: RuleBody) => (await countOffer({ body, throwOnError: true })).data,
  });
  const trial = useMutation({
    mutationFn: async (body: RuleBody & { customer_id: string }) =>
      (await tryOffer({ body, throwOnError: true })).data,
  });
  const verdict = verdicts.find((one) => one === trial.data?.verdict);
  return (
    <section className={styles.section}>
      <h2>{t('preview')}</h2>
      <div>
        <Button disabled={!rule} loading={count.isPending} onClick={() => rule && count.mutate(rule)}>
          {t('countNow')}
        </Button>
        {count.data && (
          <p role="status" style={{ marginTop: 8 }}>
            <b>{t('counted', { number: format.count(count.data.count) })}</b>
            <span className="k-caption" style={{ display: 'block' }}>
              {t('countedAsOf', { time: format.dateTime(count.data.as_of) })}
            </span>
          </p>
        )}
        <ProblemNote problem={count.error} />
      </div>
      <Field label={t('tryOn')}>
        {({ status, ...control }) => (
          <div className="k-row">
            <Select
              {...control}
              status={status}
              style={{ flex: 1 }}
              placeholder={t('chooseCustomer')}
              showSearch={{ filterOption: false, onSearch: setText }}
              loading={isFetching}
              notFoundContent={null}
              value={customer ?? null}
              options={found.map((one) => ({ value: one.id, label: `${one.name}　${one.unit.name}` }))}
              onChange={(id: string) => setCustomer(id)}
            />
            <Button
              disabled={!rule || !customer}
              loading={trial.isPending}
              onClick={() => rule && customer && trial.mutate({ ...rule, customer_id: customer })}
            >
              {t('try')}
            </Button>
          </div>
        )}
      </Field>
      <ProblemNote problem={trial.error} />
      {trial.data && verdict && (
        <div role="status">
          <Note tone={verdict === 'open' ? 'success' : 'neutral'}>{t(`verdicts.${verdict}`)}</Note>
          <p className="k-label" style={{ marginTop: 12 }}>
            {t('eligibility')}
          </p>
          <Reasons reasons={[trial.data.eligibility]} />
          {trial.data.suppression && (
            <>
              <p className="k-label">{t('suppression')}</p>
              <Reasons reasons={[trial.data.suppression]} />
            </>
          )}
        </div>
      )}
    </section>
  );
}
