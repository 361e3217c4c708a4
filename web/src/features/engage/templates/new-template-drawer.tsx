/** A new template: its name, what it is for, its language, and a message to begin with. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createTemplate } from '@/api/generated/sdk.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { ChoiceList } from '@/components/form/choice-list';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { SideDrawer } from '@/components/layout/side-drawer';
import { useFormat } from '@/lib/format/use-format';
import { inLanguage } from '@/lib/language';
import { purposesQuery, templateQuery, vocabularyQuery } from './queries';
import styles from './templates.module.css';

interface NewTemplate {
  name: string;
  purpose: string;
  language: 'zh' | 'en';
  starter: string;
}

function useCreate() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (asked: NewTemplate) => {
      const { starters } = await client.fetchQuery(vocabularyQuery(asked.purpose, asked.language));
      const found = starters.find(({ key }) => key === asked.starter) ?? starters[0];
      if (!found) throw new Error(asked.starter);
      const { subject, missing, blocks } = found;
      const { name, purpose, language } = asked;
      const body = { name, purpose, language, subject, missing, blocks };
      return (await createTemplate({ body, throwOnError: true })).data;
    },
    onSuccess: (made) => {
      client.setQueryData(templateQuery(made.id).queryKey, made);
      void client.invalidateQueries({ queryKey: ['templates', 'list'] });
      void navigate({ to: '/engage/templates/$templateId', params: { templateId: made.id } });
    },
  });
}

const starterKeys = ['newsletter', 'offer', 'survey'] as const;

export function NewTemplateDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('templates');
  const { language } = useFormat();
  const { data: purposes = [] } = useQuery(purposesQuery);
  const [asked, setAsked] = useState<NewTemplate>({
    name: '',
    purpose: '',
    language: language === 'en' ? 'en' : 'zh',
    starter: starterKeys[0],
  });
  const create = useCreate();
  const change = (part: Partial<NewTemplate>) => setAsked({ ...asked, ...part });
  const options = purposes
    .filter((one) => one.is_active && one.current.channels.includes('email'))
    .map((one) => ({ value: one.key, label: inLanguage(one.name, language) }));
  const foot = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button
        type="primary"
        disabled={asked.name.trim() === '' || asked.purpose === ''}
        loading={create.isPending}
        onClick={() => create.mutate(asked)}
      >
        {t('begin')}
      </Button>
    </>
  );
  return (
    <SideDrawer isOpen title={t('new')} onClose={onClose} foot={foot}>
      <div className="k-stack">
        <ProblemNote problem={create.error} />
        <Field label={t('name')}>
          {({ status, ...control }) => (
            <Input
              {...control}
              status={status}
              value={asked.name}
              maxLength={100}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('purpose')} hint={t('purposeHint')}>
          {({ status, ...control }) => (
            <Select
              {...control}
              status={status}
              placeholder={t('choosePurpose')}
              value={asked.purpose || null}
              options={options}
              onChange={(purpose) => change({ purpose })}
            />
          )}
        </Field>
        <div className={styles.choice}>
          <h2 className={styles.heading}>{t('language')}</h2>
          <Segmented
            label={t('language')}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            value={asked.language}
            onChange={(chosen) => change({ language: chosen })}
          />
        </div>
        <div>
          <h2 className={styles.heading}>{t('starter')}</h2>
          <ChoiceList
            label={t('starter')}
            value={asked.starter}
            choices={starterKeys.map((key) => ({
              value: key,
              label: t(`starters.${key}.name`),
              detail: t(`starters.${key}.text`),
            }))}
            onChange={(starter) => change({ starter })}
          />
        </div>
      </div>
    </SideDrawer>
  );
}
