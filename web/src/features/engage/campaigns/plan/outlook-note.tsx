/** How many it would reach, and how small a difference so many could show: told before it is sent, not after. */
import { useQuery } from '@tanstack/react-query';
import { InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutlookOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { Note } from '@/components/marks/note';
import { useFormat } from '@/lib/format/use-format';
import type { Draft } from '../draft';
import { outlookQuery } from '../queries';

const PERCENT = 100;
const USUAL_PERCENT = 3;
const ADVISED_PERCENT = 10;
const percent = (value: number) => (value * PERCENT).toFixed(1);

/** What is said of an outlook; each sentence stands by itself. */
export function useOutlookWords() {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  return (found: OutlookOut, variants: number): string[] => {
    const base = percent(found.base);
    const shown = (
      to: number | null,
      each: string,
      few: 'fewToCompare' | 'fewToProve',
      key: 'compares' | 'proves',
    ) => (to === null ? t(few) : t(key, { each, base, to: percent(to) }));
    const said = [
      t('reaches', { members: format.count(found.members), allowed: format.count(found.allowed) }),
    ];
    if (found.allowed === 0) return said;
    if (variants > 1)
      said.push(shown(found.to_compare, format.count(found.each), 'fewToCompare', 'compares'));
    said.push(
      found.held > 0
        ? shown(found.to_prove, format.count(found.held), 'fewToProve', 'proves')
        : t('holdoutAdvice', {
            number: format.count(Math.round((found.allowed * ADVISED_PERCENT) / PERCENT)),
          }),
    );
    return said;
  };
}

export function OutlookNote({ draft }: { draft: Draft }) {
  const { t } = useTranslation('campaigns');
  const [base, setBase] = useState(USUAL_PERCENT);
  const words = useOutlookWords();
  const variants = Math.max(1, draft.versions.length);
  const asked =
    draft.segmentId && draft.account
      ? {
          segmentId: draft.segmentId,
          account: draft.account,
          variants,
          holdoutShare: draft.holdoutPercent / PERCENT,
          base: base / PERCENT,
        }
      : null;
  const { data } = useQuery(outlookQuery(asked));
  if (!asked) return <Note>{t('outlookLater')}</Note>;
  return (
    <>
      <Field label={t('base')} hint={t('baseHint')}>
        {({ status, ...control }) => (
          <InputNumber
            {...control}
            status={status}
            min={0.1}
            max={90}
            precision={1}
            suffix="%"
            value={base}
            onChange={(next) => setBase(next ?? USUAL_PERCENT)}
          />
        )}
      </Field>
      {data && (
        <Note tone={data.allowed === 0 ? 'warning' : 'primary'}>
          {words(data, variants).map((sentence) => (
            <p key={sentence} style={{ margin: 0 }}>
              {sentence}
            </p>
          ))}
        </Note>
      )}
    </>
  );
}
