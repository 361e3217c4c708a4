/** The words of the server that our texts know, and the guides that one can begin from. */
import type { ThemeOut } from '@/api/generated/types.gen';
import type { Tone } from '@/components/marks/tone';
import type { Language } from '@/lib/language';
import { type Draft, newQuestion, type Question, type Words } from '../surveys/builder/draft';

export const ways = ['visit', 'branch', 'phone', 'video'] as const;
export type Way = (typeof ways)[number];
export type GuideState = 'draft' | 'open' | 'closed';
export const stateTones: Record<GuideState, Tone> = { draft: 'neutral', open: 'success', closed: 'neutral' };

export function themeName(theme: ThemeOut, language: Language): string {
  return (language === 'en' && theme.en) || theme.zh;
}

/** The first free key of a theme. */
export function freeKey(themes: readonly ThemeOut[]): string {
  const taken = new Set(themes.map(({ key }) => key));
  let n = themes.length + 1;
  while (taken.has(`theme_${n}`)) n += 1;
  return `theme_${n}`;
}

export const examples = ['needs', 'leaving', 'blank'] as const;
export type Example = (typeof examples)[number];

const both = (zh: string, en: string): Words => ({ default: zh, en });
const theme = (key: string, zh: string, en: string): ThemeOut => ({ key, zh, en });

interface Start {
  asks: readonly (readonly [kind: 'text' | 'single' | 'nps', title: Words, probe?: Words])[];
  themes: readonly ThemeOut[];
}

const starts: Record<Example, Start> = {
  needs: {
    asks: [
      [
        'text',
        both('未来一年家里有哪些大的打算？', 'What does the family plan for the coming year?'),
        both(
          '买房、子女上学、养老、生意？大概要用多少钱、什么时候用？',
          'A home, school, retirement, business? How much, and when?',
        ),
      ],
      [
        'text',
        both('现在的资金主要放在哪里，为什么这样放？', 'Where is your money now, and why there?'),
        both('哪家银行、什么产品、谁推荐的？', 'Which bank, which product, on whose advice?'),
      ],
      ['text', both('我们哪些地方可以做得更好？', 'What could we do better?')],
      ['nps', both('您有多大可能把我们推荐给亲友？', 'How likely are you to recommend us?')],
    ],
    themes: [
      theme('home', '购房换房', 'Buying a home'),
      theme('school', '子女教育', 'Schooling'),
      theme('retirement', '养老', 'Retirement'),
      theme('yield', '收益', 'Yield'),
      theme('fees', '费用', 'Fees'),
      theme('other_bank', '他行产品', 'Other banks'),
    ],
  },
  leaving: {
    asks: [
      [
        'text',
        both('是什么时候开始少用我们的？', 'When did you begin to use us less?'),
        both('那时发生了什么事？', 'What happened then?'),
      ],
      [
        'text',
        both('主要原因是什么？', 'What was the main reason?'),
        both(
          '服务、价格、产品、网点、线上体验？请举一次具体的经历。',
          'Service, price, product, branch, app? Ask for one occasion.',
        ),
      ],
      ['text', both('现在主要用哪里？好在哪儿？', 'Where do you go now, and what is better there?')],
      ['text', both('怎样您会愿意再用我们？', 'What would bring you back?')],
    ],
    themes: [
      theme('service', '服务态度', 'Service'),
      theme('waiting', '排队等候', 'Waiting'),
      theme('price', '利率和费用', 'Rates and fees'),
      theme('app', '线上体验', 'The app'),
      theme('moved', '搬家换工作', 'Moved'),
      theme('competitor', '他行活动', 'Offers elsewhere'),
    ],
  },
  blank: { asks: [['text', both('想和客户聊什么？', 'What is it about?')]], themes: [] },
};

export function startFrom(example: Example, title: string) {
  const draft: Draft = { title: { default: title }, pages: [{ name: 'page1', elements: [] }] };
  for (const [kind, asked, probe] of starts[example].asks) {
    const question: Question = { ...newQuestion(kind, draft), title: asked };
    draft.pages[0]?.elements.push(probe ? { ...question, description: probe } : question);
  }
  return { draft, themes: [...starts[example].themes] };
}
