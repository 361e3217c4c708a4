/** Why a customer is a hit, in words: 姓名首字母与手机尾号相同. */
import i18next from 'i18next';
import type { CustomerRow, HitOut } from '@/api/generated/types.gen';
import { inLanguage, toLanguage } from '@/lib/language';

import { reasonsOf } from './hits';

const plainReasons = ['name', 'pinyin', 'initials'] as const;

function wordsOf({ reason, label }: HitOut): string {
  const t = i18next.getFixedT(null, 'customers');
  const plain = plainReasons.find((known) => known === reason);
  if (plain) return t(`palette.${plain}`);
  const isTail = reason === 'tail';
  if (!label) return t(isTail ? 'palette.tail' : 'palette.number');
  const field = inLanguage(label, toLanguage(i18next.language));
  return t(isTail ? 'palette.tailOf' : 'palette.numberOf', { field });
}

/** All reasons, or those that the test lets through; empty where there are none. */
export function hitWords(row: CustomerRow, wants: (hit: HitOut) => boolean = () => true): string {
  const words = reasonsOf(row).filter(wants).map(wordsOf);
  return words.join(i18next.t('palette.and', { ns: 'customers' }));
}
