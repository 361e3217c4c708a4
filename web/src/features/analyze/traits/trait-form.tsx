/** The parts of a trait's form: what it is called, and of which events it is made. */
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AggregateOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { PropertyRows } from '@/components/form/property-rows';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { SPANS, type TraitDraft } from './draft';
import { aggregatesQuery, eventsQuery } from './queries';
import styles from './traits.module.css';

export interface PartProps {
  value: TraitDraft;
  change: (part: Partial<TraitDraft>) => void;
}

interface NamesProps extends PartProps {
  isKnown: boolean;
  errors: Readonly<Record<string, string>>;
}

export function Names({ value, change, isKnown, errors }: NamesProps) {
  const { t } = useTranslation('traits');
  return (
    <>
      <LabelFields value={value} errors={errors} hasFocus={!isKnown} onChange={change} />
      <div className={styles.pair}>
        <Field label={t('key')} hint={t('keyHint')} error={errors.key}>
          {(control) => (
            <Input
              {...control}
              className="k-mono"
              disabled={isKnown}
              value={value.key}
              maxLength={64}
              placeholder="sent_90d"
              onChange={(event) => change({ key: event.target.value.toLowerCase() })}
            />
          )}
        </Field>
        <Field label={t('unit')} hint={t('unitHint')} isOptional>
          {(control) => (
            <Input
              {...control}
              value={value.unit}
              maxLength={16}
              onChange={(event) => change({ unit: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('usedFor')} hint={t('usedForHint')} error={errors.used_for}>
        {(control) => (
          <Input
            {...control}
            value={value.usedFor}
            maxLength={400}
            onChange={(event) => change({ usedFor: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

const EVER = 0;
const OTHER = -1;

function Span({ value, change }: PartProps) {
  const { t } = useTranslation('traits');
  const { last_days: days } = value.within as { last_days?: number };
  const isEver = Object.keys(value.within).length === 0;
  const known = SPANS.map((one) => ({ value: Number(one), label: t('lastDays', { days: one }) }));
  const own = days !== undefined && !SPANS.some((one) => one === days);
  return (
    <Field label={t('within')}>
      {(control) => (
        <Select
          {...control}
          value={isEver ? EVER : (days ?? OTHER)}
          options={[
            ...known,
            ...(own ? [{ value: days, label: t('lastDays', { days }) }] : []),
            ...(isEver || days !== undefined ? [] : [{ value: OTHER, label: t('otherSpan') }]),
            ...(value.aggregate === 'trend' ? [] : [{ value: EVER, label: t('ever') }]),
          ]}
          onChange={(next) => {
            if (next !== OTHER) change({ within: next === EVER ? {} : { last_days: next } });
          }}
        />
      )}
    </Field>
  );
}

function OfProperty({ value, change, aggregate }: PartProps & { aggregate: AggregateOut }) {
  const { t } = useTranslation('traits');
  if (aggregate.takes === 'none') return null;
  return (
    <div className={styles.pair}>
      <Field label={t('property')} hint={t('propertyHint')} isOptional={aggregate.takes === 'may'}>
        {(control) => (
          <Input
            {...control}
            value={value.property}
            maxLength={200}
            onChange={(event) => change({ property: event.target.value })}
          />
        )}
      </Field>
      {aggregate.kinds.length > 1 && (
        <Field label={t('as')}>
          {(control) => (
            <Select
              {...control}
              value={value.as || aggregate.kinds[0] || 'text'}
              options={aggregate.kinds.map((kind) => ({
                value: kind,
                label: t(kind === 'number' ? 'asNumber' : 'asText'),
              }))}
              onChange={(as) => change({ as })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

function Wheres({ value, change }: PartProps) {
  const { t } = useTranslation('traits');
  return (
    <section className="k-stack">
      {value.where.length > 0 && <h3 className={styles.title}>{t('where')}</h3>}
      <PropertyRows value={value.where} onChange={(where) => change({ where })} />
    </section>
  );
}

export function How({ value, change }: PartProps) {
  const { t } = useTranslation('traits');
  const { language } = useFormat();
  const { data: aggregates = [] } = useQuery(aggregatesQuery);
  const { data: vocabulary } = useQuery(eventsQuery);
  const aggregate = aggregates.find(({ key }) => key === value.aggregate);
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('event')}>
          {(control) => (
            <Select
              {...control}
              showSearch
              placeholder={t('chooseEvent')}
              value={value.event ?? null}
              options={(vocabulary?.events ?? []).map((name) => ({ value: name, label: name }))}
              onChange={(event) => change({ event })}
            />
          )}
        </Field>
        <Field label={t('aggregate')} hint={aggregate && inLanguage(aggregate.hint, language)}>
          {(control) => (
            <Select
              {...control}
              value={value.aggregate}
              options={aggregates.map((one) => ({ value: one.key, label: inLanguage(one.label, language) }))}
              onChange={(next) => {
                const needsSpan = next === 'trend' && value.within.last_days === undefined;
                change({ aggregate: next, as: '', ...(needsSpan ? { within: { last_days: 30 } } : {}) });
              }}
            />
          )}
        </Field>
      </div>
      {aggregate && <OfProperty value={value} change={change} aggregate={aggregate} />}
      <Span value={value} change={change} />
      <Wheres value={value} change={change} />
    </>
  );
}
