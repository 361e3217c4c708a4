/** The form of a model of value: what counts as a purchase, the window, how scores are made, and the tiers. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { LabelFields } from '@/components/form/label-fields';
import { PropertyRows } from '@/components/form/property-rows';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { DIMENSIONS, newPurchase, type PurchaseDraft, type RfmDraft, SCORES, WINDOWS } from './draft';
import { eventsQuery, purposesQuery } from './queries';
import styles from './rfm.module.css';

export interface PartProps {
  value: RfmDraft;
  change: (part: Partial<RfmDraft>) => void;
}

export function Purchases({ value, change }: PartProps) {
  const { t } = useTranslation('rfm');
  const { data: vocabulary } = useQuery(eventsQuery);
  const put = (id: number, part: Partial<PurchaseDraft>) =>
    change({ purchases: value.purchases.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <section className={styles.section}>
      <h2>{t('purchases')}</h2>
      <p className="k-caption">{t('purchasesText')}</p>
      {value.purchases.map((one) => (
        <div key={one.id} className={styles.purchaseRow}>
          <div className={styles.purchase}>
            <Select
              aria-label={t('event')}
              showSearch
              placeholder={t('event')}
              value={one.event ?? null}
              options={(vocabulary?.events ?? []).map((name) => ({ value: name, label: name }))}
              onChange={(event) => put(one.id, { event, where: [], others: [] })}
            />
            <Input
              aria-label={t('amount')}
              placeholder={t('amount')}
              value={one.amount}
              maxLength={200}
              onChange={(event) => put(one.id, { amount: event.target.value })}
            />
            <Checkbox
              checked={one.absolute}
              onChange={(event) => put(one.id, { absolute: event.target.checked })}
            >
              {t('absolute')}
            </Checkbox>
            <Button
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('removePurchase')}
              disabled={value.purchases.length === 1}
              onClick={() => change({ purchases: value.purchases.filter(({ id }) => id !== one.id) })}
            />
          </div>
          {one.others.length > 0 && (
            <p className="k-caption k-mono">{t('onlyWhere', { where: JSON.stringify(one.others) })}</p>
          )}
          <PropertyRows value={one.where} onChange={(where) => put(one.id, { where })} />
        </div>
      ))}
      {value.purchases.length < 10 && (
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined />}
          style={{ justifySelf: 'start', paddingInline: 0 }}
          onClick={() => change({ purchases: [...value.purchases, newPurchase()] })}
        >
          {t('addPurchase')}
        </Button>
      )}
    </section>
  );
}

export function Scoring({ value, change }: PartProps) {
  const { t } = useTranslation('rfm');
  const windows = WINDOWS.some((one) => one === value.days) ? WINDOWS : [...WINDOWS, value.days];
  const scores = SCORES.some((one) => one === value.scores) ? SCORES : [...SCORES, value.scores];
  return (
    <section className={styles.section}>
      <h2>{t('scoring')}</h2>
      <div className={styles.pair}>
        <Field label={t('window')} hint={t('windowHint')}>
          {(control) => (
            <Select
              {...control}
              value={value.days}
              options={windows.map((days) => ({ value: days, label: t('lastDays', { days }) }))}
              onChange={(days) => change({ days })}
            />
          )}
        </Field>
        <Field label={t('scores')} hint={t('scoresHint')}>
          {(control) => (
            <Select
              {...control}
              value={value.scores}
              options={scores.map((one) => ({ value: one, label: t('scoreRange', { scores: one }) }))}
              onChange={(next) =>
                change({
                  scores: next,
                  tiers: undefined,
                  bounds: { recency: '', frequency: '', monetary: '' },
                })
              }
            />
          )}
        </Field>
      </div>
      <div className={styles.three}>
        {DIMENSIONS.map((one) => (
          <Field
            key={one}
            label={t(`dimensions.${one}`)}
            hint={t(`boundsHint.${one}`, { count: value.scores - 1 })}
            isOptional
          >
            {(control) => (
              <Input
                {...control}
                placeholder={t('quantile')}
                value={value.bounds[one]}
                onChange={(event) => change({ bounds: { ...value.bounds, [one]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </section>
  );
}

interface NamesProps extends PartProps {
  isKnown: boolean;
  errors: Readonly<Record<string, string>>;
}

export function Names({ value, change, isKnown, errors }: NamesProps) {
  const { t } = useTranslation('rfm');
  return (
    <>
      <LabelFields value={value} errors={errors} onChange={change} />
      <div className={styles.pair}>
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
        <Field label={t('key')} hint={t('keyHint')} error={errors.key}>
          {(control) => (
            <Input
              {...control}
              className="k-mono"
              disabled={isKnown}
              value={value.key}
              maxLength={40}
              onChange={(event) => change({ key: event.target.value.toLowerCase() })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

export function Purpose({ value, change }: PartProps) {
  const { t } = useTranslation('rfm');
  const { language } = useFormat();
  const { data: purposes = [] } = useQuery(purposesQuery);
  return (
    <Field label={t('purpose')} hint={t('purposeHint')}>
      {(control) => (
        <Select
          {...control}
          placeholder={t('choosePurpose')}
          value={value.purpose ?? null}
          options={purposes
            .filter((one) => one.is_active)
            .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
          onChange={(purpose) => change({ purpose })}
        />
      )}
    </Field>
  );
}
