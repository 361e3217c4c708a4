/** A questionnaire as the builder holds it: SurveyJS JSON of our kinds of questions, every text by language. */
import type { Language } from '@/lib/language';

export type Tongue = 'default' | 'en' | 'zh-tw';
export const tongues: readonly Tongue[] = ['default', 'en', 'zh-tw'];
export const tongueTags: Record<Tongue, string> = { default: 'zh-CN', en: 'en', 'zh-tw': 'zh-TW' };
export const tongueNames: Record<Tongue, string> = {
  default: '简体中文',
  en: 'English',
  'zh-tw': '繁體中文',
};

export type Words = Partial<Record<Tongue, string>>;

export interface ChoiceDraft {
  value: string;
  text: Words;
}

const types = {
  nps: 'rating',
  csat: 'rating',
  ces: 'rating',
  rating: 'rating',
  single: 'radiogroup',
  multiple: 'checkbox',
  matrix: 'matrix',
  ranking: 'ranking',
  text: 'comment',
  number: 'text',
  date: 'text',
  file: 'file',
  consent: 'boolean',
} as const;
export type Kind = keyof typeof types;
export const kinds = Object.keys(types) as Kind[];

export interface Question {
  type: string;
  kehuKind: Kind;
  name: string;
  title: Words;
  description?: Words;
  isRequired?: boolean;
  visibleIf?: string;
  choices?: ChoiceDraft[];
  columns?: ChoiceDraft[];
  rows?: ChoiceDraft[];
  rateMin?: number;
  rateMax?: number;
  minRateDescription?: Words;
  maxRateDescription?: Words;
  showRefuseItem?: boolean;
  inputType?: string;
  acceptedTypes?: string;
  maxSize?: number;
  storeDataAsText?: boolean;
  /** Of a consent question: the purpose whose ledger its answer is written to, and one channel or all. */
  consentPurpose?: string;
  consentChannel?: string;
  /** What stands under it word for word: in the preview alone, the server writes its own. */
  notice?: Words;
}

export interface PageDraft {
  name: string;
  elements: Question[];
}

export interface Draft {
  title: Words;
  pages: PageDraft[];
}

export function textOf(words: Words | undefined, tongue: Tongue): string {
  return words?.[tongue] || words?.default || '';
}

export function tongueOf(language: Language): Tongue {
  return language === 'en' ? 'en' : 'default';
}

export function isScale(kind: Kind): boolean {
  return types[kind] === 'rating';
}

export function questionsOf(draft: Draft): Question[] {
  return draft.pages.flatMap((page) => page.elements);
}

/** The first free name of a kind: nps, then nps_2. */
function freeName(kind: Kind, taken: ReadonlySet<string>): string {
  let name: string = kind;
  for (let n = 2; taken.has(name); n += 1) name = `${kind}_${n}`;
  return name;
}

const both = (zh: string, en: string): Words => ({ default: zh, en });
const options = (): ChoiceDraft[] => [
  { value: 'a', text: both('选项一', 'First') },
  { value: 'b', text: both('选项二', 'Second') },
];
const ends = (low: Words, high: Words) => ({ minRateDescription: low, maxRateDescription: high });

const starts: Record<Kind, () => Omit<Question, 'type' | 'kehuKind' | 'name'>> = {
  nps: () => ({
    title: both('您有多大可能把我们推荐给亲友？', 'How likely are you to recommend us?'),
    rateMin: 0,
    rateMax: 10,
    ...ends(both('完全不可能', 'Not at all'), both('非常可能', 'Extremely')),
  }),
  csat: () => ({
    title: both('您对这次服务满意吗？', 'How satisfied are you?'),
    rateMin: 1,
    rateMax: 5,
    ...ends(both('很不满意', 'Very unsatisfied'), both('很满意', 'Very satisfied')),
  }),
  ces: () => ({
    title: both('这次办理很轻松。', 'It was easy to get done.'),
    rateMin: 1,
    rateMax: 7,
    ...ends(both('完全不同意', 'Strongly disagree'), both('完全同意', 'Strongly agree')),
  }),
  rating: () => ({ title: both('请打分', 'Please rate'), rateMin: 1, rateMax: 5 }),
  single: () => ({ title: both('请选一项', 'Choose one'), choices: options() }),
  multiple: () => ({ title: both('可选多项', 'Choose any'), choices: options() }),
  matrix: () => ({
    title: both('请逐项评价', 'Rate each'),
    columns: [
      { value: 'good', text: both('好', 'Good') },
      { value: 'fair', text: both('一般', 'Fair') },
      { value: 'poor', text: both('差', 'Poor') },
    ],
    rows: options(),
  }),
  ranking: () => ({ title: both('按重要程度排序', 'Rank by importance'), choices: options() }),
  text: () => ({ title: both('还有什么想告诉我们？', 'Anything else?') }),
  number: () => ({ title: both('请填一个数字', 'A figure'), inputType: 'number' }),
  date: () => ({ title: both('请选日期', 'A date'), inputType: 'date' }),
  file: () => ({
    title: both('上传照片或文件', 'Add a photo or file'),
    acceptedTypes: 'image/png,image/jpeg,application/pdf',
    maxSize: 1_000_000,
    storeDataAsText: true,
  }),
  consent: () => ({ title: both('我同意接受回访', 'You may call me back') }),
};

export function newQuestion(kind: Kind, draft: Draft): Question {
  const taken = new Set(questionsOf(draft).map(({ name }) => name));
  return { type: types[kind], kehuKind: kind, name: freeName(kind, taken), ...starts[kind]() };
}

export function emptyDraft(title: string): Draft {
  const draft: Draft = { title: { default: title }, pages: [{ name: 'page1', elements: [] }] };
  const measure = newQuestion('nps', draft);
  const why: Question = {
    ...newQuestion('text', draft),
    name: 'why',
    title: both('打 {nps} 分的主要原因是什么？', 'What is the main reason for {nps}?'),
  };
  draft.pages[0]?.elements.push({ ...measure, isRequired: true }, why);
  return draft;
}

/** A text that came as plain is Chinese. */
function wordsOf(raw: unknown): Words {
  return typeof raw === 'string' ? { default: raw } : ((raw as Words | undefined) ?? {});
}

function choicesOf(raw: unknown): ChoiceDraft[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  return raw.map((one) =>
    typeof one === 'string'
      ? { value: one, text: { default: one } }
      : { value: String(one.value), text: wordsOf(one.text ?? one.value) },
  );
}

function kindOf(raw: Record<string, unknown>): Kind {
  if (raw.kehuKind) return raw.kehuKind as Kind;
  if (raw.type === 'rating') return 'rating';
  if (raw.type === 'dropdown') return 'single';
  if (raw.type === 'text')
    return raw.inputType === 'number' || raw.inputType === 'date' ? raw.inputType : 'text';
  return kinds.find((kind) => types[kind] === raw.type) ?? 'text';
}

/** What the server holds, as the builder edits it; it was checked there. */
export function fromDefinition(raw: Record<string, unknown>): Draft {
  const pages = raw.pages as { name?: string; elements: Record<string, unknown>[] }[];
  return {
    title: wordsOf(raw.title),
    pages: pages.map((page, at) => ({
      ...page,
      name: page.name ?? `page${at + 1}`,
      elements: page.elements.map((element) => {
        const made = { ...element, kehuKind: kindOf(element), title: wordsOf(element.title) } as Question;
        for (const part of ['choices', 'columns', 'rows'] as const) {
          const found = choicesOf(element[part]);
          if (found) made[part] = found;
        }
        return made;
      }),
    })),
  };
}

/** The draft with one question put in place of another; `null` takes it away. */
export function withQuestion(draft: Draft, name: string, next: Question | null): Draft {
  return {
    ...draft,
    pages: draft.pages.map((page) => ({
      ...page,
      elements: page.elements.flatMap((one) => (one.name === name ? (next ? [next] : []) : [one])),
    })),
  };
}

/** The draft with a question one place further; at the end of a page it goes to the next one. */
export function moved(draft: Draft, name: string, step: -1 | 1): Draft {
  const pages = draft.pages.map((page) => ({ ...page, elements: [...page.elements] }));
  const at = pages.findIndex((page) => page.elements.some((one) => one.name === name));
  const own = pages[at]?.elements;
  if (!own) return draft;
  const place = own.findIndex((one) => one.name === name);
  const [question] = own.splice(place, 1);
  if (!question) return draft;
  const to = place + step;
  const other = pages[at + step]?.elements;
  if (to >= 0 && to <= own.length) own.splice(to, 0, question);
  else if (other) other.splice(step > 0 ? 0 : other.length, 0, question);
  else own.splice(place, 0, question);
  return { ...draft, pages };
}

/** The draft as it is sent: pages without questions are left out. */
export function toDefinition(draft: Draft): Record<string, unknown> {
  return { ...draft, pages: draft.pages.filter((page) => page.elements.length > 0) };
}
