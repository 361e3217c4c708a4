/** 推荐: what suits this customer now and why, and what he says to it. Who objected is offered nothing, and it is told. */
import { CheckOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordOfferOutcome, showOffersToCustomer } from '@/api/generated/sdk.gen';
import type { OfferForCustomer } from '@/api/generated/types.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { Card } from '@/components/layout/card';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import styles from '../profile/profile.module.css';
import { customerKey, offersQuery } from '../profile/queries';

const answers = ['interested', 'accepted', 'declined'] as const;
type Answer = (typeof answers)[number];
const reasons = ['no_need', 'elsewhere', 'terms', 'later', 'other'] as const;

function useAnswer(customerId: string, offer: OfferForCustomer, onDone: () => void) {
  const { t } = useTranslation('customers');
  const { language } = useFormat();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (said: { outcome: Answer; because: string; note: string }) => {
      const body = { customer_id: customerId, place: 'profile', ...said };
      await recordOfferOutcome({ path: { key: offer.key }, body, throwOnError: true });
    },
    onSuccess: (_, { outcome }) => {
      void client.invalidateQueries({ queryKey: customerKey(customerId) });
      const name = inLanguage(offer.name, language);
      notify.done(t('offers.done', { name, answer: t(`offers.answers.${outcome}`) }));
      onDone();
    },
  });
}

interface AnswerFormProps {
  customerId: string;
  offer: OfferForCustomer;
  outcome: Answer;
  onClose: () => void;
}

function AnswerForm({ customerId, offer, outcome, onClose }: AnswerFormProps) {
  const { t } = useTranslation(['customers', 'common']);
  const [because, setBecause] = useState('');
  const [note, setNote] = useState('');
  const answer = useAnswer(customerId, offer, onClose);
  return (
    <div className="k-stack" style={{ gap: 8, marginTop: 8 }}>
      {outcome === 'declined' && (
        <Select
          aria-label={t('offers.because')}
          placeholder={t('offers.because')}
          value={because || null}
          options={reasons.map((one) => ({ value: one, label: t(`offers.reasons.${one}`) }))}
          onChange={(one: string) => setBecause(one)}
        />
      )}
      <Input.TextArea
        autoFocus
        aria-label={t('offers.note')}
        placeholder={t('offers.notePlaceholder')}
        value={note}
        maxLength={2000}
        autoSize={{ minRows: 1, maxRows: 5 }}
        onChange={(event) => setNote(event.target.value)}
      />
      <ProblemNote problem={answer.error} />
      <div className="k-row">
        <Button
          type="primary"
          size="small"
          loading={answer.isPending}
          onClick={() => answer.mutate({ outcome, because, note: note.trim() })}
        >
          {t('offers.record', { answer: t(`offers.answers.${outcome}`) })}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  );
}

function OfferRow({ customerId, offer }: { customerId: string; offer: OfferForCustomer }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const can = useCan();
  const [outcome, setOutcome] = useState<Answer>();
  const name = inLanguage(offer.name, format.language);
  return (
    <li className={styles.offer}>
      <div className="k-row">
        <b className="k-grow">{name}</b>
        {offer.interested_at && (
          <Tag tone="primary" icon={<CheckOutlined />}>
            {t('offers.interestedOn', { date: format.date(offer.interested_at) })}
          </Tag>
        )}
      </div>
      <p className="k-small">{inLanguage(offer.reason, format.language)}</p>
      <p className="k-caption">
        {t('offers.rule', {
          conditions: offer.because.map((one) => inLanguage(one, format.language)).join(t('offers.comma')),
        })}
      </p>
      {can('customer.contact') &&
        (outcome ? (
          <AnswerForm
            customerId={customerId}
            offer={offer}
            outcome={outcome}
            onClose={() => setOutcome(undefined)}
          />
        ) : (
          <fieldset className={styles.offerAnswers}>
            <legend className="k-unseen">{t('offers.answer', { name })}</legend>
            {answers
              .filter((one) => one !== 'interested' || !offer.interested_at)
              .map((one) => (
                <Button key={one} size="small" onClick={() => setOutcome(one)}>
                  {t(`offers.answers.${one}`)}
                </Button>
              ))}
          </fieldset>
        ))}
    </li>
  );
}

/** Tells the server that the offers were seen: from it the rest is counted, and what the offers came to. */
function useShown(customerId: string, shown: string) {
  useEffect(() => {
    if (!shown) return;
    // What is not told now is told at the next look; nobody has to be bothered with it.
    showOffersToCustomer({ path: { customer_id: customerId }, body: { place: 'profile' } }).catch(() => {});
  }, [customerId, shown]);
}

export function OffersCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customers');
  const { language } = useFormat();
  const { data } = useQuery(offersQuery(customerId));
  useShown(customerId, data ? `${data.state} ${data.offers.map(({ key }) => key).join(' ')}` : '');
  if (!data) return null;
  return (
    <Card title={t('offers.title')} isPadded={false}>
      {data.offers.length > 0 ? (
        <ul className={styles.offers}>
          {data.offers.map((offer) => (
            <OfferRow key={offer.key} customerId={customerId} offer={offer} />
          ))}
        </ul>
      ) : (
        <p className={styles.offersNone}>{inLanguage(data.words, language)}</p>
      )}
    </Card>
  );
}
