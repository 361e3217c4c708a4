/** A field of the profile with its mark, its source and its story; a masked value with the eye that asks for it. */
import { useTranslation } from 'react-i18next';
import { revealCustomer } from '@/api/generated/sdk.gen';
import type { FieldOut } from '@/api/generated/types.gen';
import { MaskedValue } from '@/components/customer/masked-value';
import { type FieldMark, ProvenanceField } from '@/components/customer/provenance-field';
import { ProvenanceStory } from '@/components/customer/provenance-story';
import type { RevealAnswer } from '@/components/customer/reveal-form';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage, toLanguage } from '@/lib/language';
import { useCan } from '@/lib/session/me';
import type { FieldBook } from '../field-book';

const marks: readonly FieldMark[] = ['pinned', 'conflict', 'stale', 'verified'];

interface FieldRowProps {
  customerId: string;
  field: FieldOut;
  book: FieldBook;
  /** On a day of the past nothing is revealed or changed. */
  isPast: boolean;
  onCorrect: ((key: string) => void) | undefined;
}

/** A clear amount in words, with the cents on hover; a masked one as the server masked it. */
function useShown(book: FieldBook) {
  const format = useFormat();
  return (key: string, display: string, isMasked: boolean) => {
    if (isMasked || !book.isMoney(key)) return <span title={isMasked ? undefined : display}>{display}</span>;
    return <span title={format.amountExact(display)}>{format.amount(display)}</span>;
  };
}

function Story({ field, book, onCorrect }: Pick<FieldRowProps, 'field' | 'book' | 'onCorrect'>) {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  const shown = useShown(book);
  const label = inLanguage(field.label, toLanguage(i18n.language));
  const mark = marks.find((known) => known === field.mark);
  const verdicts = { chosen: t('story.chosen'), same: t('story.same'), other: t('story.other') } as const;
  const verdictOf = (verdict: string) =>
    verdict === 'chosen' || verdict === 'same' ? verdicts[verdict] : verdicts.other;
  const chosen = field.candidates.find((candidate) => candidate.is_chosen);
  return (
    <ProvenanceStory
      label={label}
      mark={mark}
      classLabel={t(field.data_class === 'C2' ? 'story.c2' : 'story.c1', { code: field.data_class })}
      value={shown(field.key, field.shown.display, field.shown.is_masked)}
      rule={t('story.rule', { source: chosen?.source.name ?? field.source.name, rule: field.rule })}
      candidates={field.candidates.map((candidate) => ({
        id: candidate.record_id,
        value: shown(field.key, candidate.shown.display, candidate.shown.is_masked),
        detail: t('story.detail', {
          source: candidate.source.name,
          date: format.date(candidate.stated_at),
          trust: candidate.trust,
        }),
        verdict: verdictOf(candidate.verdict),
        isChosen: candidate.is_chosen,
      }))}
      actions={
        onCorrect && (
          <button
            type="button"
            className="k-plain-button k-link k-small"
            onClick={() => onCorrect(field.key)}
          >
            {t('correct.field')}
          </button>
        )
      }
    />
  );
}

export function FieldRow({ customerId, field, book, isPast, onCorrect }: FieldRowProps) {
  const { t, i18n } = useTranslation(['customers', 'common']);
  const can = useCan();
  const shown = useShown(book);
  const label = inLanguage(field.label, toLanguage(i18n.language));
  const { display, is_masked: isMasked } = field.shown;
  const reveal = async ({ reason, note }: RevealAnswer) => {
    const { data } = await revealCustomer({
      path: { customer_id: customerId },
      body: { fields: [field.key], reason: note || t(`common:reveal.reasons.${reason}`) },
      throwOnError: true,
    });
    const value = data.fields[field.key];
    return book.wordOf(field.key, String(value ?? ''));
  };
  const hint = can('customer.reveal') ? undefined : t('field.denied');
  const value = isMasked ? (
    <MaskedValue
      label={label}
      masked={display}
      onReveal={field.can_reveal && !isPast ? reveal : undefined}
      {...(hint ? { deniedHint: hint } : {})}
    />
  ) : (
    shown(field.key, display, false)
  );
  return (
    <ProvenanceField
      label={label}
      value={value}
      source={field.source.name}
      mark={marks.find((known) => known === field.mark)}
      story={(close) => (
        <Story
          field={field}
          book={book}
          onCorrect={
            onCorrect &&
            ((key) => {
              close();
              onCorrect(key);
            })
          }
        />
      )}
    />
  );
}
