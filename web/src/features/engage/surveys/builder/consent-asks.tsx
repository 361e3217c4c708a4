/** What a consent question asks about: nothing, or a purpose and its channel, whose ledger takes the yes or no. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PurposeOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { inLanguage, toLanguage } from '@/lib/language';
import { purposesQuery } from '../queries';
import type { Question } from './draft';

interface ConsentAsksProps {
  question: Question;
  onChange: (next: Question) => void;
}

const channelKeys = ['email', 'sms', 'phone', 'wecom', 'wechat', 'app', 'post', 'visit', 'webhook'] as const;

export function ConsentAsks({ question, onChange }: ConsentAsksProps) {
  const { t, i18n } = useTranslation('surveys');
  const { data: purposes = [] } = useQuery(purposesQuery);
  const { consentPurpose: purpose, consentChannel: channel, ...rest } = question;
  const chosen = purposes.find(({ key }) => key === purpose);
  const ways = channelKeys.filter((key) => chosen?.current.channels.includes(key));
  const named = (next: string, way: string): Question => ({
    ...rest,
    ...(next && { consentPurpose: next }),
    ...(next && way && { consentChannel: way }),
  });
  const nameOf = ({ name }: PurposeOut) => inLanguage(name, toLanguage(i18n.language));
  return (
    <>
      <Field label={t('consent.purpose')} hint={t(purpose ? 'consent.writes' : 'consent.plain')}>
        {({ status: _, ...control }) => (
          <Select
            {...control}
            value={purpose ?? ''}
            options={[
              { value: '', label: t('consent.none') },
              ...purposes
                .filter(({ is_active, key }) => is_active || key === purpose)
                .map((one) => ({ value: one.key, label: nameOf(one) })),
            ]}
            onChange={(next) => onChange(named(next, ''))}
          />
        )}
      </Field>
      {chosen && (
        <Field label={t('consent.channel')}>
          {({ status: _, ...control }) => (
            <Select
              {...control}
              value={channel ?? ''}
              options={[
                { value: '', label: t('consent.everyChannel') },
                ...ways.map((key) => ({ value: key, label: t(`consent.channels.${key}`) })),
              ]}
              onChange={(next) => onChange(named(chosen.key, next))}
            />
          )}
        </Field>
      )}
    </>
  );
}
