/** Language, appearance and single keys. The language is told to the server, so that mails and exports follow it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { Card } from '@/components/layout/card';
import { Segmented } from '@/components/layout/segmented';
import { switchLanguage } from '@/lib/i18n';
import { type Language, languageNames, languages, toLanguage } from '@/lib/language';
import { type Appearance, setPreferences, usePreferences } from '@/lib/preferences';
import { changeMe, meQuery } from '@/lib/session/me';
import styles from './account.module.css';

const appearances: readonly Appearance[] = ['light', 'dark', 'system'];

function Setting({
  id,
  label,
  hint,
  children,
}: {
  id?: string;
  label: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.setting}>
      <div>
        <div id={id}>{label}</div>
        {hint && <div className="k-caption">{hint}</div>}
      </div>
      {children}
    </div>
  );
}

export function AppearanceCard() {
  const { t, i18n } = useTranslation(['account', 'frame']);
  const client = useQueryClient();
  const { appearance, hasSingleKeys } = usePreferences();
  const keysId = useId();
  const change = useMutation({
    mutationFn: async (language: Language) => {
      await switchLanguage(language);
      return changeMe({ language });
    },
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
  return (
    <Card title={t('appearance.title')} isPadded={false}>
      <Setting label={t('appearance.language')}>
        <Segmented
          label={t('appearance.language')}
          value={toLanguage(i18n.language)}
          onChange={(language) => change.mutate(language)}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </Setting>
      {change.isError && (
        <div style={{ padding: '0 16px 12px' }}>
          <ProblemNote problem={change.error} />
        </div>
      )}
      <Setting label={t('appearance.mode')}>
        <Segmented
          label={t('appearance.mode')}
          value={appearance}
          onChange={(value) => setPreferences({ appearance: value })}
          options={appearances.map((value) => ({ value, label: t(`frame:appearance.${value}`) }))}
        />
      </Setting>
      <Setting id={keysId} label={t('appearance.keys')} hint={t('appearance.keysHint')}>
        <Switch
          aria-labelledby={keysId}
          checked={hasSingleKeys}
          onChange={(checked) => setPreferences({ hasSingleKeys: checked })}
        />
      </Setting>
    </Card>
  );
}
