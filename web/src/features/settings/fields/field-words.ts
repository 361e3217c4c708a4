/** The closed lists of a field in words; what is not in a list, such as a section of a pack, is its own word. */
import { useTranslation } from 'react-i18next';

export const sections = ['identity', 'contact', 'background', 'account', 'figures'] as const;
export const parties = ['any', 'person', 'organization'] as const;
export const survivorships = ['trust', 'recent', 'complete', 'frequent'] as const;
export const dataClasses = ['C1', 'C2'] as const;

export type Survivorship = (typeof survivorships)[number];
export type DataClass = (typeof dataClasses)[number];
export type Party = (typeof parties)[number];

function within<Key extends string>(list: readonly Key[], text: string): Key | undefined {
  return list.find((known) => known === text);
}

export const toSurvivorship = (text: string): Survivorship => within(survivorships, text) ?? 'trust';
export const toDataClass = (text: string): DataClass => within(dataClasses, text) ?? 'C2';

export interface FieldWords {
  section: (key: string) => string;
  party: (key: string) => string;
  survivorship: (key: string) => string;
  /** With its class: C2 个人信息. */
  dataClass: (key: string) => string;
  origin: (key: string) => string;
}

export function useFieldWords(): FieldWords {
  const { t } = useTranslation('settings');
  return {
    section: (text) => {
      const key = within(sections, text);
      return key ? t(`fields.sections.${key}`) : text;
    },
    party: (text) => {
      const key = within(parties, text);
      return key ? t(`fields.parties.${key}`) : text;
    },
    survivorship: (text) => {
      const key = within(survivorships, text);
      return key ? t(`fields.survivorships.${key}`) : text;
    },
    dataClass: (text) => {
      const key = within(dataClasses, text);
      return key ? t(`classes.${key}`) : text;
    },
    origin: (text) => {
      if (text === 'core') return t('fields.shipped');
      return text === 'custom' ? t('fields.own') : t('fields.pack', { name: text });
    },
  };
}
