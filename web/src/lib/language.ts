/** The two languages of the app. Chinese is the first: whatever is not English is shown in Chinese. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const languageNames: Record<Language, string> = { 'zh-CN': '简体中文', en: 'English' };

export function toLanguage(text: string | null | undefined): Language {
  return text?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

/** A text in both languages, as the server gives names. */
export interface Bilingual {
  zh: string;
  en: string;
}

export function inLanguage(text: Bilingual, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}
