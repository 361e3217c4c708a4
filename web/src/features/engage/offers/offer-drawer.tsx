/** A new offer, or another wording or rule for one that is known. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createOffer, updateOffer } from '@/api/generated/sdk.gen';
import type { OfferIn, OfferOut } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Field, fieldErrors } from '@/components/form/field';
import { SideDrawer } from '@/components/layout/side-drawer';
import { useFormat } from '@/lib/format/use-format';
import { ApiProblem } from '@/lib/http/problem';
import { inLanguage } from '@/lib/language';
import { TimingFields, WordFields } from './offer-fields';
import { EMPTY, fromOffer, type OfferForm, ruleOf, toOffer } from './offer-form';
import styles from './offers.module.css';
import { offersQuery, purposesQuery } from './queries';
import { RuleEditor } from './rule-editor';
import { TryPanel } from './try-panel';

function useSave(known: OfferOut | undefined, onDone: () => void) {
  const { t } = useTranslation('offers');
  const { language } = useFormat();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async ({ key, ...terms }: OfferIn) =>
      known
        ? (await updateOffer({ path: { key: known.key }, body: terms, throwOnError: true })).data
        : (await createOffer({ body: { key, ...terms }, throwOnError: true })).data,
    onSuccess: ({ name }) => {
      void client.invalidateQueries({ queryKey: offersQuery.queryKey });
      notify.done(t('saved', { name: inLanguage(name, language) }));
      onDone();
    },
  });
}

/** What the server says of a rule begins with its place: `suppression.all[0].value: …`. */
function ruleError(problem: unknown, part: 'eligibility' | 'suppression'): string | undefined {
  const detail = problem instanceof ApiProblem ? problem.detail : undefined;
  return detail?.startsWith(part) ? detail : undefined;
}

interface OfferDrawerProps {
  /** The offer that is changed; none makes a new one. */
  known: OfferOut | undefined;
  onClose: () => void;
}

export function OfferDrawer({ known, onClose }: OfferDrawerProps) {
  const { t } = useTranslation(['offers', 'common']);
  const { language } = useFormat();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const [value, setValue] = useState<OfferForm>(() => (known ? fromOffer(known) : EMPTY));
  const save = useSave(known, onClose);
  const change = (part: Partial<OfferForm>) => {
    setValue((before) => ({ ...before, ...part }));
    save.reset();
  };
  const errors = fieldErrors(save.error, t('invalid'));
  const whole = toOffer(value);
  return (
    <SideDrawer
      isOpen
      size="wide"
      onClose={onClose}
      title={known ? inLanguage(known.name, language) : t('new')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            disabled={!whole}
            loading={save.isPending}
            onClick={() => whole && save.mutate(whole)}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="k-stack" style={{ gap: 20 }}>
        <section className={styles.section}>
          <h2>{t('words')}</h2>
          <WordFields value={value} errors={errors} change={change} isKnown={known !== undefined} />
        </section>
        <section className={styles.section}>
          <div>
            <h2>{t('rule')}</h2>
            <p className="k-caption">{t('ruleHint')}</p>
          </div>
          <Field label={t('purpose')}>
            {({ status, ...control }) => (
              <Select
                {...control}
                status={status}
                placeholder={t('choosePurpose')}
                value={value.purpose || null}
                options={purposes
                  .filter((one) => one.is_active || one.key === value.purpose)
                  .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }))}
                onChange={(purpose: string) => change({ purpose })}
              />
            )}
          </Field>
          <RuleEditor
            label={t('eligibility')}
            error={ruleError(save.error, 'eligibility')}
            value={value.eligibility}
            onChange={(eligibility) => change({ eligibility })}
          />
          <RuleEditor
            label={t('suppression')}
            hint={t('suppressionHint')}
            mayBeNobody
            error={ruleError(save.error, 'suppression')}
            value={value.suppression}
            onChange={(suppression) => change({ suppression })}
          />
        </section>
        <section className={styles.section}>
          <h2>{t('timing')}</h2>
          <TimingFields value={value} errors={errors} change={change} />
        </section>
        <TryPanel rule={ruleOf(value)} />
        <ProblemNote problem={save.error} />
      </div>
    </SideDrawer>
  );
}
