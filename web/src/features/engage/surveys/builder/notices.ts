/** The notices that people see under questions of consent, for the preview: the server writes them into the form itself. */
import type { PurposeOut } from '@/api/generated/types.gen';
import type { Draft, Question, Words } from './draft';

const slots: Readonly<Record<string, { zh: string; en: string }>> = {
  handler: { zh: '处理者', en: 'Handler' },
  contact: { zh: '联系方式', en: 'Contact' },
  purpose: { zh: '处理目的', en: 'Purpose' },
  method: { zh: '处理方式', en: 'Method' },
  categories: { zh: '信息种类', en: 'Categories' },
  retention: { zh: '保存期限', en: 'Retention' },
  rights: { zh: '行使权利的方式', en: 'How to use your rights' },
};

function linesOf({ name, current }: PurposeOut, isEnglish: boolean): string {
  const order = Object.keys(slots);
  const said = Object.entries(current.notice).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const lines = said.map(([key, text]) => {
    const slot = slots[key];
    if (!slot) return text;
    return isEnglish ? `${slot.en}: ${text}` : `${slot.zh}：${text}`;
  });
  return [isEnglish ? name.en : name.zh, ...lines].join('\n');
}

export function withNotices(draft: Draft, purposes: readonly PurposeOut[]): Draft {
  const shown = (question: Question): Question => {
    const purpose = purposes.find(({ key }) => key === question.consentPurpose);
    if (!purpose) return question;
    const notice: Words = { default: linesOf(purpose, false), en: linesOf(purpose, true) };
    return { ...question, notice };
  };
  return { ...draft, pages: draft.pages.map((page) => ({ ...page, elements: page.elements.map(shown) })) };
}
