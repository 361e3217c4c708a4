/**
 * i18next with typed keys. Only the reader's language is loaded; a file a feature, as namespace.
 * Whoever switches calls `switchLanguage`, which loads first, so that no key is ever shown.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Resources } from '../locales/zh-cn';
import { type Language, toLanguage } from './language';
import { getPreferences, setPreferences } from './preferences';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Resources;
    returnNull: false;
  }
}

const loaders: Record<Language, () => Promise<object>> = {
  'zh-CN': () => import('../locales/zh-cn').then((module) => module.zhCn),
  en: () => import('../locales/en').then((module) => module.en),
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'common')) return;
  for (const [namespace, texts] of Object.entries(await loaders[language]())) {
    i18next.addResourceBundle(language, namespace, texts);
  }
}

export function currentLanguage(): Language {
  return toLanguage(i18next.language ?? getPreferences().language ?? navigator.language);
}

export async function startLanguage(language = currentLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources: {},
    returnNull: false,
    interpolation: { escapeValue: false },
  });
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  setPreferences({ language });
}
