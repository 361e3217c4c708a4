/** 中文 or English, for pages outside the frame, where nobody has settings. */
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '@/lib/i18n';
import { languageNames, languages, toLanguage } from '@/lib/language';

export function LanguageSwitch({ className }: { className: string | undefined }) {
  const { i18n, t } = useTranslation();
  const current = toLanguage(i18n.language);
  return (
    <nav className={className} aria-label={t('language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className="k-plain-button"
          aria-pressed={language === current}
          onClick={() => void switchLanguage(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </nav>
  );
}
